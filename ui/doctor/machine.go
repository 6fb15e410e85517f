package doctor

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/ui/console/layout"

	"github.com/charmbracelet/colorprofile"
)

func splitLines(s string) []string { return strings.Split(strings.TrimRight(s, "\n"), "\n") }

// comfort is from where lesson and bench stand side by side.
const comfortWidth, comfortHeight = 120, 40

// Terminal says what the console can draw on, at once: it is all in the
// options. Without a terminal there is nothing to look at, and scripts run all
// the same.
func Terminal(o Options) []Finding {
	if !o.Terminal {
		return []Finding{{
			Part: "terminal", ID: "terminal", Name: words.Text{En: "terminal", Fr: "terminal"}, State: Missing,
			Saw: words.Text{En: "this command is not run in one", Fr: "cette commande ne tourne pas dans un terminal"},
			For: words.Text{En: "the console", Fr: "la console"},
			Get: words.Text{En: "open one; atelier --linear and atelier --script need none", Fr: "ouvrez-en un ; atelier --linear et atelier --script s’en passent"},
		}}
	}
	return []Finding{o.cursor(), o.size(), o.colours(), o.unicode(), o.language()}
}

func (o *Options) cursor() Finding {
	f := Finding{
		Part: "terminal", ID: "cursor", Name: words.Text{En: "cursor", Fr: "curseur"}, State: Found, Needed: true,
		Saw: words.Text{En: "can be moved", Fr: "déplaçable"}, For: words.Text{En: "the console", Fr: "la console"},
		Get: words.Text{En: "another terminal; atelier --linear needs none", Fr: "un autre terminal ; atelier --linear s’en passe"},
	}
	if o.Dumb {
		f.State, f.Saw = Wrong, words.Text{En: "the terminal says that it is dumb (TERM=dumb)", Fr: "le terminal dit ne pas savoir (TERM=dumb)"}
	}
	return f
}

func (o *Options) size() Finding {
	f := Finding{
		Part: "terminal", ID: "size", Name: words.Text{En: "size", Fr: "taille"}, State: Found, Needed: true,
		Saw: words.Textf("%d × %d", "%d × %d", o.Width, o.Height), For: words.Text{En: "the console", Fr: "la console"},
		Get: words.Textf("make it larger: %d × %d at least, %d × %d to see everything", "agrandissez-le : %d × %d au moins, %d × %d pour tout voir",
			layout.MinWidth, layout.MinHeight, comfortWidth, comfortHeight),
	}
	switch {
	case o.Width <= 0 || o.Height <= 0:
		f.State, f.Needed, f.Saw = Missing, false, words.Text{En: "not known", Fr: "inconnue"}
	case o.Width < layout.MinWidth || o.Height < layout.MinHeight:
		f.State = Wrong
	case o.Width < comfortWidth || o.Height < comfortHeight:
		f.Saw = words.Textf("%s: enough; at %d × %d you see everything", "%s : assez ; à %d × %d vous voyez tout", f.Saw, comfortWidth, comfortHeight)
	}
	return f
}

func (o *Options) colours() Finding {
	f := Finding{
		Part: "terminal", ID: "colours", Name: words.Text{En: "colours", Fr: "couleurs"}, State: Found,
		For: words.Text{En: "telling copies, losses and ghosts apart at a glance (each has a mark as well)", Fr: "distinguer d’un coup d’œil copies, pertes et fantômes (chacun a aussi un signe)"},
		Get: words.Text{En: "unset NO_COLOR; a TERM such as xterm-256color", Fr: "retirez NO_COLOR ; un TERM tel que xterm-256color"},
	}
	switch o.Profile {
	case colorprofile.TrueColor:
		f.Saw = words.Text{En: "all", Fr: "toutes"}
	case colorprofile.ANSI256:
		f.Saw = words.Text{En: "256", Fr: "256"}
	case colorprofile.ANSI:
		f.Saw = words.Text{En: "16", Fr: "16"}
	default:
		f.State, f.Saw = Missing, words.Text{En: "none", Fr: "aucune"}
	}
	if o.NoColor {
		f.State, f.Saw = Missing, words.Text{En: "none, as NO_COLOR asks", Fr: "aucune, comme NO_COLOR le demande"}
	}
	return f
}

func (o *Options) unicode() Finding {
	f := Finding{
		Part: "terminal", ID: "unicode", Name: words.Text{En: "Unicode", Fr: "Unicode"}, State: Found,
		Saw: words.Text{En: "the locale says UTF-8", Fr: "la locale dit UTF-8"},
		For: words.Text{En: "drawings and accents", Fr: "les dessins et les accents"},
		Get: words.Text{En: "a locale such as LANG=en_US.UTF-8; without, the console draws in ASCII (--ascii)", Fr: "une locale telle que LANG=fr_FR.UTF-8 ; sans elle, la console dessine en ASCII (--ascii)"},
	}
	if !o.UTF8 {
		f.State, f.Saw = Missing, words.Text{En: "the locale says something else than UTF-8", Fr: "la locale dit autre chose que UTF-8"}
	}
	return f
}

func (o *Options) language() Finding {
	return Finding{
		Part: "terminal", ID: "language", Name: words.Text{En: "language", Fr: "langue"}, State: Found,
		Saw: words.Text{En: map[words.Lang]string{words.English: "English", words.French: "French"}[o.Locale], Fr: map[words.Lang]string{words.English: "anglais", words.French: "français"}[o.Locale]},
		For: words.Text{En: "lessons and messages; --lang fr or en chooses", Fr: "les leçons et les messages ; --lang fr ou en choisit"},
	}
}

// machine looks at ports and folders.
func (o *Options) machine() []Check {
	list := []Check{{Of: loopback, look: listens}}
	for _, p := range o.Ports {
		list = append(list, port(p))
	}
	return append(list,
		folder(Finding{
			Part: "machine", ID: "state", Name: words.Text{En: "state folder", Fr: "dossier d’état"},
			For: words.Text{En: "keeping your progress across starts", Fr: "garder votre progression d’une fois à l’autre"},
			Get: words.Text{En: "give yourself the right to write there; XDG_STATE_HOME names another", Fr: "donnez-vous le droit d’y écrire ; XDG_STATE_HOME en désigne un autre"},
		}, o.StateDir, "XDG_STATE_HOME"),
		folder(Finding{
			Part: "machine", ID: "temp", Name: words.Text{En: "temporary folder", Fr: "dossier temporaire"}, Needed: true,
			For: words.Text{En: "the log of the embedded cluster", Fr: "le journal du cluster embarqué"},
			Get: words.Text{En: "make room, or name another by TMPDIR", Fr: "libérez de la place, ou désignez-en un autre par TMPDIR"},
		}, o.TempDir, "TMPDIR"))
}

var loopback = Finding{
	Part: "machine", ID: "loopback", Name: words.Text{En: "loopback", Fr: "boucle locale"}, Needed: true,
	For: words.Text{En: "brokers and proxies, which are real sockets", Fr: "les brokers et les proxys, qui sont de vraies sockets"},
	Get: words.Text{En: "let programs listen on 127.0.0.1 (a firewall or a sandbox forbids it)", Fr: "laissez des programmes écouter sur 127.0.0.1 (un pare-feu ou un bac à sable l’interdit)"},
}

func listens(ctx context.Context, f Finding) []Finding {
	f.State, f.Saw = Found, words.Text{En: "ports of 127.0.0.1 can be listened on", Fr: "on peut écouter sur des ports de 127.0.0.1"}
	if err := free(ctx, "127.0.0.1:0"); err != nil {
		f.State, f.Saw = Wrong, words.Textf("%v", "%v", err)
	}
	return []Finding{f}
}

// port looks whether a usual port is free. Where it is not, another is taken.
func port(p Port) Check {
	_, number, _ := net.SplitHostPort(p.Address)
	of := Finding{
		Part: "machine", ID: "port-" + number, Name: words.Textf("port %s", "port %s", number), For: p.For,
		Get: words.Textf("nothing: a free port is taken in its place and announced; %s names one", "rien : un port libre est pris à sa place et annoncé ; %s en désigne un", p.Flag),
	}
	return Check{Of: of, look: func(ctx context.Context, f Finding) []Finding {
		f.State, f.Saw = Found, words.Text{En: "free", Fr: "libre"}
		if p.Ours {
			f.Saw = words.Text{En: "used by this very atelier", Fr: "employé par cet atelier même"}
			return []Finding{f}
		}
		if err := free(ctx, p.Address); err != nil {
			f.State, f.Saw = Wrong, words.Text{En: "taken", Fr: "pris"}
			if p.Address == chaos.DefaultAddr && chaos.Knock(ctx, "http://"+p.Address) == nil {
				f.Saw = words.Text{En: "a Toxiproxy answers there", Fr: "un Toxiproxy y répond"}
				f.Get = words.Textf("nothing; to use that one: atelier --toxiproxy http://%s", "rien ; pour employer celui-là : atelier --toxiproxy http://%s", p.Address)
			}
			if p.Instead != "" {
				f.Saw = words.Textf("%s; this atelier is at %s", "%s ; cet atelier est sur %s", f.Saw, strings.TrimPrefix(p.Instead, "http://"))
			}
		}
		return []Finding{f}
	}}
}

// folder looks whether a folder can be written to, or made where there is none
// yet. Nothing stays in it. A variable names another one.
func folder(of Finding, dir, variable string) Check {
	return Check{Of: of, look: func(_ context.Context, f Finding) []Finding {
		if dir == "" {
			f.State, f.Saw = Missing, words.Text{En: "none is named", Fr: "aucun n’est désigné"}
			return []Finding{f}
		}
		var err error
		f.State, f.Saw, err = writable(dir)
		f.Get = remedy(f.Get, err, variable)
		return []Finding{f}
	}}
}

// remedy is what to do about a folder: no right helps on a full disk.
func remedy(usual words.Text, err error, variable string) words.Text {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return words.Textf("make room on its disk; %s names another folder", "libérez de la place sur son disque ; %s désigne un autre dossier", variable)
	}
	return usual
}

// writable says whether a folder can be written to; the error is why not.
func writable(dir string) (State, words.Text, error) {
	at := dir
	for {
		info, err := os.Stat(at)
		if err == nil && !info.IsDir() {
			return Wrong, words.Textf("%s is no folder", "%s n’est pas un dossier", at), nil
		}
		if err == nil {
			break
		}
		up := filepath.Dir(at)
		if !errors.Is(err, fs.ErrNotExist) || up == at {
			return Wrong, words.Textf("%s: %v", "%s : %v", at, reason(err)), err
		}
		at = up
	}
	file, err := os.CreateTemp(at, ".atelier-doctor-*")
	if err == nil {
		_, err = file.WriteString("x")
		err = errors.Join(err, file.Close(), os.Remove(file.Name()))
	}
	if err != nil {
		return Wrong, words.Textf("%s can't be written to: %v", "on ne peut pas écrire dans %s : %v", at, reason(err)), err
	}
	return Found, words.Text{En: dir, Fr: dir}, nil
}

func reason(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
