package program

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"atelier/assets/words"
	"atelier/lessons/progress"
	"atelier/ui/headless"
	"atelier/ui/transcript"
)

// transcript tells what the learner has done. It changes nothing.
func (p *program) transcript() error {
	modules, _, err := p.course()
	if err != nil {
		return err
	}
	state, err := progress.Read(p.progressDir())
	if err != nil {
		fmt.Fprintln(p.errs, words.Tell(p.lang, err))
		return status(headless.ExitError)
	}
	if state.Language != "" && !p.asked.LangGiven {
		p.lang = state.Language
	}
	t := transcript.Of(state, modules[p.lang], p.lang, time.Now())
	switch asked := p.asked.Progress; {
	case asked.Certificate != "":
		err = p.certificate(t)
	case asked.Format == "json":
		err = t.JSON(p.out)
	case asked.Format == "markdown":
		err = t.Markdown(p.out)
	default:
		err = t.Text(p.out)
	}
	if err == nil || errors.Is(err, syscall.EPIPE) {
		return nil
	}
	fmt.Fprintln(p.errs, words.Tell(p.lang, err))
	return status(headless.ExitFailed)
}

// certificate writes one to a file that was not there before.
func (p *program) certificate(t *transcript.Transcript) error {
	name := p.asked.Progress.Certificate
	if name == "-" {
		return t.Certificate(p.out, p.asked.Progress.Name)
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return words.Errorf("%s is there already, and stays as it is: give another name", "%s existe déjà, et reste tel quel : donnez un autre nom", name)
	case err != nil:
		return transcript.Unwritten(filepath.Dir(name), err)
	}
	err = t.Certificate(f, p.asked.Progress.Name)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(name)
		return err
	}
	fmt.Fprintln(p.out, p.lang.Pick("Written to ", "Écrit dans ")+name)
	return nil
}
