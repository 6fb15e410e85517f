package program

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
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
	h := &handout.Handout{Lang: p.lang, Modules: modules[p.lang], Notes: p.asked.ExportLessons.Notes, Own: p.asked.LessonsDir != ""}
	papers := p.papers(h)
	if err := inTheWay(papers); err != nil { // before a run that takes its time
		return err
	}
	worst := headless.ExitPassed
	if p.asked.ExportLessons.Results {
		if h.Results, worst, err = p.results(ctx, h.Modules); err != nil {
			return err
		}
	}
	if err := p.handOut(papers); err != nil && !errors.Is(err, syscall.EPIPE) {
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

// paper is a file that an export writes.
type paper struct {
	name  string // - is the output
	write func(io.Writer) error
}

// papers are what a handout is written to. A name without an ending is a folder.
func (p *program) papers(h *handout.Handout) []paper {
	asked := p.asked.ExportLessons
	write, whole := h.HTML, "index.html"
	if asked.Format == "markdown" {
		write, whole = h.Markdown, ""
	}
	folder := strings.HasSuffix(asked.Out, "/") || strings.HasSuffix(asked.Out, string(filepath.Separator)) || filepath.Ext(asked.Out) == ""
	if info, err := os.Stat(asked.Out); err == nil {
		folder = info.IsDir()
	}
	switch {
	case asked.Out == "-" || !folder:
		return []paper{{asked.Out, write}}
	case whole != "":
		return []paper{{filepath.Join(asked.Out, whole), write}}
	}
	var all []paper
	for _, m := range h.Modules {
		one := *h
		one.Modules = []*course.Module{m}
		all = append(all, paper{filepath.Join(asked.Out, path.Base(m.Name)), one.Markdown})
	}
	return append(all, paper{filepath.Join(asked.Out, "README.md"), h.Index})
}

// inTheWay says which file an export would replace that is none of ours: a
// trainer's own lessons have the names of those that are written. What is no
// file, as /dev/stdout, can't be replaced.
func inTheWay(all []paper) error {
	for _, one := range all {
		info, err := os.Stat(one.name)
		if one.name == "-" || err != nil || !info.IsDir() && !info.Mode().IsRegular() {
			continue
		}
		if !info.IsDir() && ours(one.name) {
			continue
		}
		return words.Errorf(
			"%s is there already and is no export of ours, so it stays as it is, and nothing was written: give another --out",
			"%s existe déjà et n’est pas un de nos exports : il reste tel quel, et rien n’a été écrit ; donnez un autre --out", one.name)
	}
	return nil
}

// ours says that a file was written by an export.
func ours(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	return handout.Marked(f)
}

// handOut writes a handout where it is asked for.
func (p *program) handOut(all []paper) error {
	for _, one := range all {
		if err := p.put(one); err != nil {
			return err
		}
	}
	return nil
}

// put writes a file in one go, so that no half of one is left.
func (p *program) put(one paper) error {
	if one.name == "-" {
		return one.write(p.out)
	}
	var b bytes.Buffer
	if err := one.write(&b); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(one.name), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(one.name, b.Bytes(), 0o644); err != nil {
		return err
	}
	fmt.Fprintln(p.errs, p.lang.Pick("Written to ", "Écrit dans ")+one.name)
	return nil
}
