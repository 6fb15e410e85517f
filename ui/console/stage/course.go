package stage

import (
	"strings"

	"atelier/assets/words"
	"atelier/lessons/course"
)

const lessonFR = "---\ntitle: Fiabilité\nminutes: 30\nobjectives: [voir un doublon]\nneeds: []\n---\n\n" +
	"## L’acquittement perdu\n\nLe broker a écrit le message, mais sa **réponse** n’arrive pas à temps. Que fait le\nproducteur ? Il *renvoie*, et le journal garde `3` copies.\n\n" +
	"```predict\nCombien de copies pour A ? {value: A.copies}\n\n[ ] 1\n    Non : le broker avait déjà écrit.\n[x] 3\n```\n\n" +
	"```lab\ntoxic latency latency=5s stream=downstream\nsend 1 plain async as A\nsend 1 idempotent async as B\nafter 2500ms toxics clear\nwait until done\naudit\n```\n\n" +
	"- [ ] A est trois fois dans le journal {check: A.copies == 3}\n- [ ] B y est une seule fois {check: B.copies == 1}\n\n> hint: regardez les flèches du réseau.\n\n" +
	"## Et ensuite\n\n| réglage | plain | idempotent |\n| --- | --- | --- |\n| acks | 1 | all |\n| relances | 2 | 3 |\n\n1. un\n2. deux\n\n> Une remarque à garder.\n"

const lessonEN = "---\ntitle: Reliability\nminutes: 30\nobjectives: [see a duplicate]\nneeds: []\n---\n\n" +
	"## The lost acknowledgement\n\nThe broker wrote the message, but its **answer** does not arrive in time. What does the\nproducer do? It sends *again*, and the log keeps `3` copies.\n\n" +
	"```predict\nHow many copies of A? {value: A.copies}\n\n[ ] 1\n    No: the broker had written it already.\n[x] 3\n```\n\n" +
	"```lab\ntoxic latency latency=5s stream=downstream\nsend 1 plain async as A\nsend 1 idempotent async as B\nafter 2500ms toxics clear\nwait until done\naudit\n```\n\n" +
	"- [ ] A stands in the log three times {check: A.copies == 3}\n- [ ] B stands there once {check: B.copies == 1}\n\n> hint: look at the arrows of the network.\n\n" +
	"## And then\n\n| setting | plain | idempotent |\n| --- | --- | --- |\n| acks | 1 | all |\n| retries | 2 | 3 |\n\n1. one\n2. two\n\n> A remark to keep.\n"

// Modules is a small course in both languages: two steps, one lab.
func Modules() map[words.Lang][]*course.Module { return ModulesWith("```lab") }

// ModulesWith is the same course with another fence of its lab.
func ModulesWith(fence string) map[words.Lang][]*course.Module {
	out := map[words.Lang][]*course.Module{}
	for lang, src := range map[words.Lang]string{words.French: lessonFR, words.English: lessonEN} {
		m, err := course.Parse("03-fiabilite.md", []byte(strings.Replace(src, "```lab", fence, 1)))
		if err != nil {
			panic(err)
		}
		out[lang] = []*course.Module{m}
	}
	return out
}

// Course is a module of whatever a test writes, the same in both languages.
func Course(body string) map[words.Lang][]*course.Module {
	m, err := course.Parse("03-test.md", []byte("---\ntitle: Test\nminutes: 3\nobjectives: [see]\nneeds: []\n---\n\n## First\n\n"+body))
	if err != nil {
		panic(err)
	}
	return map[words.Lang][]*course.Module{words.French: {m}, words.English: {m}}
}
