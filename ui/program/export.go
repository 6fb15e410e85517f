package program

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/lessons/rehearsal"
	"atelier/ui/handout"
	"atelier/ui/headless"
)

// exportLessons writes the course down, with what came of its labs if that is
// asked.
func (p *program) exportLessons(ctx context.Context) error {
	modules, err := p.lessons()
	if err != nil {
		return err
	}
	h := &handout.Handout{Lang: p.lang, Modules: modules[p.lang], Notes: p.asked.ExportLessons.Notes}
	worst := headless.ExitPassed
	if p.asked.ExportLessons.Results {
		if h.Results, worst, err = p.results(ctx, h.Modules); err != nil {
			return err
		}
	}
	if err := p.handOut(h); err != nil && !errors.Is(err, syscall.EPIPE) {
		fmt.Fprintln(p.errs, words.Tell(p.lang, words.Errorf("the course can't be written: %v", "le cours ne peut pas être écrit : %v", err)))
		return status(headless.ExitError)
	}
	return exitWith(worst)
}

// results runs the labs, tells how far it is, and returns the exit status that
// they deserve.
func (p *program) results(ctx context.Context, modules []*course.Module) (*handout.Results, int, error) {
	b, err := p.open(ctx)
	if err != nil {
		return nil, 0, p.unopened(ctx, err)
	}
	r := &handout.Results{At: time.Now(), Cluster: p.clusterInWords(), Labs: map[int][]rehearsal.Lab{}}
	worst := headless.ExitPassed
	for _, m := range modules {
		if err != nil {
			break
		}
		p.notice(words.Textf("module %d, %s …", "module %d, %s …", m.Number, m.Title))
		r.Labs[m.Number], err = rehearsal.Run(ctx, b, m, func(l rehearsal.Lab) {
			if l.Lacks == nil { // the paper says of what was not run
				worst = max(worst, p.rehearsed(m.Name, m, &l))
			}
		})
	}
	err = errors.Join(err, b.Close())
	if ctx.Err() != nil || err != nil {
		return nil, 0, p.unopened(ctx, err)
	}
	return r, worst, nil
}

// clusterInWords is what the labs ran on.
func (p *program) clusterInWords() words.Text {
	if name := p.clusterName(); name.En != "embedded" {
		return name
	}
	return words.Text{En: "on the embedded cluster", Fr: "sur le cluster embarqué"}
}

// handOut writes a handout where it is asked for.
func (p *program) handOut(h *handout.Handout) error {
	asked := p.asked.ExportLessons
	write := h.HTML
	if asked.Format == "markdown" {
		write = h.Markdown
	}
	info, err := os.Stat(asked.Out)
	folder := err == nil && info.IsDir() || strings.HasSuffix(asked.Out, "/") || strings.HasSuffix(asked.Out, string(filepath.Separator))
	switch {
	case asked.Out == "-":
		return write(p.out)
	case folder && asked.Format == "markdown":
		return p.files(h)
	case folder:
		return p.file(filepath.Join(asked.Out, "index.html"), write)
	}
	return p.file(asked.Out, write)
}

// files writes a file a module, and a page that leads to them.
func (p *program) files(h *handout.Handout) error {
	dir := p.asked.ExportLessons.Out
	var index strings.Builder
	fmt.Fprintf(&index, "# %s\n\n", p.lang.Pick("Kafka Atelier: the course", "Kafka Atelier : le cours"))
	for _, m := range h.Modules {
		one := *h
		one.Modules = []*course.Module{m}
		name := filepath.Base(filepath.FromSlash(m.Name))
		if err := p.file(filepath.Join(dir, name), one.Markdown); err != nil {
			return err
		}
		fmt.Fprintf(&index, "%d. [%s](%s)\n", m.Number, m.Title, name)
	}
	return p.file(filepath.Join(dir, "README.md"), func(w io.Writer) error { _, err := io.WriteString(w, index.String()); return err })
}

// file writes a file in one go, so that no half of one is left.
func (p *program) file(name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		return err
	}
	fmt.Fprintln(p.errs, p.lang.Pick("Written to ", "Écrit dans ")+name)
	return nil
}
