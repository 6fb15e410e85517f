package console

import (
	"go/ast"
	goparser "go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"

	"atelier/assets/words"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// dictionary is every word of every text that the sources hold.
var dictionary = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, root := range []string{"..", "../../chaos", "../../kafka", "../../lessons"} {
		filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := goparser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if l, is := n.(*ast.BasicLit); is && l.Kind == token.STRING {
					if s, err := strconv.Unquote(l.Value); err == nil {
						for _, w := range inWords(s) {
							all[w] = true
						}
					}
				}
				return true
			})
			return nil
		})
	}
	return all
})

// inWords are the runs of letters and digits of a text.
func inWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

var noOffset = regexp.MustCompile(`@[^0-9]|@[0-9]+\pL`)

var measured = regexp.MustCompile(`^[0-9]+[A-Za-zµ]?$|^[0-9]+(ms|min|B|KB|MB|o|Ko|Mo)$|^[A-Z]$|^r[0-9]+$|^v[0-9]+$|^p[0-9]+$|^FR$|^EN$|^(MESSAGE|TOO|LARGE)$`)

// clipped are the words on a screen that are no words: cut, or run into another.
func clipped(screen string) []string {
	var wrong []string
	for line := range strings.Lines(screen) {
		for _, w := range inWords(line) {
			if !dictionary()[w] && !measured.MatchString(w) {
				wrong = append(wrong, w+" in "+strings.TrimSpace(line))
			}
		}
		if offset := noOffset.FindString(line); offset != "" {
			wrong = append(wrong, offset+" in "+strings.TrimSpace(line))
		}
	}
	return wrong
}

// TestNoWordIsCut draws every view at every width: whatever has no room goes as
// a whole, and no label runs into another.
func TestNoWordIsCut(t *testing.T) {
	scenes := map[string]func(*stage.Stage){
		"start": func(*stage.Stage) {}, "midway": (*stage.Stage).Midway, "judged": func(s *stage.Stage) { s.Heart(); s.Judge() },
		"lost": (*stage.Stage).LostRequest, "slow": (*stage.Stage).SlowRequest, "refused": (*stage.Stage).TooLarge,
		"fired": (*stage.Stage).Fired, "gone": (*stage.Stage).NoBroker,
	}
	pages := [][]string{nil, {"network", "attempts", "log"}, {"attempts", "latency"}, {"attempts", "reports"}, {"race", "wire"}}
	for name, play := range scenes {
		for _, lang := range []words.Lang{words.French, words.English} {
			t.Run(name+"/"+string(lang), func(t *testing.T) {
				s := stage.New()
				play(s)
				m := console(t, s, lang, passes)
				for w := 60; w <= 200; w += 1 + w/100*2 {
					m.bench.ask(pages[w%len(pages)])
					m.Update(tea.WindowSizeMsg{Width: w, Height: 20 + w%3*14})
					for _, p := range []page{lessonPage, benchPage} {
						m.show(p)
						m.again()
						for _, word := range clipped(screenText(m)) {
							t.Errorf("%d columns: %s", w, word)
						}
					}
				}
			})
		}
	}
}
