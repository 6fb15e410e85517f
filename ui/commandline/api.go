package commandline

import (
	"net/url"
	"os"
	"strings"

	"atelier/assets/words"
	"atelier/ui/api"

	"github.com/spf13/pflag"
)

// API is whether the HTTP API is wanted, where, and who may ask.
type API struct {
	Addr    string // empty: nowhere
	Asked   bool   // the user chose the address
	Token   string
	Origins []string
}

// off is how --api says that none is wanted.
const off = "off"

func (a *Asked) apiFlags(fs *pflag.FlagSet, pick func(en, fr string) string) {
	fs.StringVar(&a.api, "api", "", pick("where the HTTP API listens, or off (default 127.0.0.1:18081; with --script: off)", "où écoute l’API HTTP, ou off (127.0.0.1:18081 par défaut ; avec --script : off)"))
	fs.StringVar(&a.API.Token, "api-token", "", pick("a token that each of its requests must show: needed where others can reach it\n(@FILE reads it from a file; better ATELIER_API_TOKEN, which no list of processes shows)", "un jeton que chacune de ses requêtes doit montrer : nécessaire si d’autres peuvent la joindre\n(@FICHIER le lit dans un fichier ; mieux : ATELIER_API_TOKEN, qu’aucune liste de processus ne montre)"))
	fs.StringSliceVar(&a.API.Origins, "api-cors", nil, pick("web pages that may ask it: their origins, as in http://localhost:3000,…", "les pages web qui peuvent l’interroger : leurs origines, comme http://localhost:3000,…"))
}

// readAPI reads whether there is an API, and where.
func (a *Asked) readAPI(fs *pflag.FlagSet) error {
	switch {
	case a.api == off && a.Serve:
		return words.Errorf("atelier serve is the HTTP API alone: leave --api off out", "atelier serve n’est que l’API HTTP : retirez --api off")
	case a.api == off || a.api == "" && a.Script != "" || a.Replay != "" || a.Validate:
		return nil
	case a.api == "":
		a.API.Addr = api.DefaultAddr
	default:
		a.API.Addr, a.API.Asked = a.api, fs.Changed("api")
	}
	if file, is := strings.CutPrefix(a.API.Token, "@"); is {
		text, err := os.ReadFile(file)
		if err != nil {
			return words.Errorf("--api-token: %v", "--api-token : %v", err)
		}
		a.API.Token = strings.TrimSpace(string(text))
	}
	if fs.Changed("api-token") && len(a.API.Token) < minToken {
		return words.Errorf("--api-token is too short: at least %d characters, so that nobody guesses it", "--api-token est trop court : %d caractères au moins, pour que nul ne le devine", minToken)
	}
	for _, origin := range a.API.Origins {
		if u, err := url.Parse(origin); err != nil || u.Host == "" || u.Scheme+"://"+u.Host != origin {
			return words.Errorf("--api-cors %q is no origin: write for instance http://localhost:3000", "--api-cors %q n’est pas une origine : écrivez par exemple http://localhost:3000", origin)
		}
	}
	return api.CheckAddr(a.API.Addr, a.API.Token)
}

// minToken is the shortest token that is taken.
const minToken = 8
