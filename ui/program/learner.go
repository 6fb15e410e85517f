package program

import (
	"runtime"

	"atelier/assets/words"
	"atelier/lessons"
	"atelier/lessons/course"
	"atelier/lessons/progress"
	"atelier/ui/commandline"
)

// course reads the course, and where in it to begin.
func (p *program) course() (map[words.Lang][]*course.Module, commandline.Lesson, error) {
	modules := map[words.Lang][]*course.Module{}
	for _, lang := range []words.Lang{words.English, words.French} {
		list, err := course.Load(lessons.Content, lang)
		if err != nil {
			return nil, commandline.Lesson{}, err
		}
		modules[lang] = list
	}
	lesson, err := p.asked.ReadLesson(modules[p.lang])
	return modules, lesson, err
}

// progress opens what the learner has done so far, in the platform's own
// folder. The language that was spoken last is spoken again.
func (p *program) progress() *progress.Store {
	store := progress.Open(progress.Dir(p.environ.Get, runtime.GOOS), p.notice)
	if lang := store.State().Language; lang != "" && !p.asked.LangGiven {
		p.lang = lang
	}
	return store
}
