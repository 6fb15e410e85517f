package headless

import (
	"encoding/xml"
	"fmt"
	"io"
	"time"

	"atelier/assets/words"
	"atelier/lessons/lab"
)

// junit is the XML that CI servers read: one suite, with a test case for each
// expectation and for each command that failed. It is written at the end.
type junit struct {
	out   io.Writer
	lang  words.Lang
	cases []junitCase
	since time.Duration
}

type junitSuites struct {
	XMLName xml.Name   `xml:"testsuites"`
	Suite   junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr,omitempty"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Seconds string        `xml:"time,attr"`
	Failure *junitMessage `xml:"failure,omitempty"`
	Error   *junitMessage `xml:"error,omitempty"`
	Skipped *junitMessage `xml:"skipped,omitempty"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
}

func newJUnit(o Options) *junit { return &junit{out: o.Out, lang: o.Lang} }

func (j *junit) progress(p lab.Progress) {
	if _, reset := p.Line.Command.(*lab.Reset); reset {
		j.since = 0 // the clock began anew
	}
	if !isTest(p) {
		return
	}
	c := caseOf(p.Line)
	c.Seconds = fmt.Sprintf("%.3f", max(p.At-j.since, 0).Seconds())
	j.since = p.At
	if p.State == lab.Failed {
		message := &junitMessage{words.Tell(j.lang, p.Err)}
		if _, expects := p.Line.Command.(*lab.Expect); expects {
			c.Failure = message
		} else {
			c.Error = message
		}
	}
	if p.State == lab.Skipped {
		c.Skipped = &junitMessage{words.Tell(j.lang, p.Lacks)}
	}
	j.cases = append(j.cases, c)
}

func caseOf(line lab.Line) junitCase {
	return junitCase{Class: line.Pos.File, Name: fmt.Sprintf("line %d: %s", line.Pos.Line, line.Text), Seconds: "0"}
}

// leave adds lines that nobody came to, and says why.
func (j *junit) leave(lines []lab.Line, why words.Text) {
	for _, line := range lines {
		c := caseOf(line)
		c.Skipped = &junitMessage{why.In(j.lang)}
		j.cases = append(j.cases, c)
	}
}

func (j *junit) end(s summary) {
	j.leave(expectations(s.result.NotDone), notReached)
	if s.validated {
		j.leave(expectations(s.script.Lines), onlyRead(s))
		if len(j.cases) == 0 {
			j.cases = []junitCase{{Class: s.script.Name, Name: "valid", Seconds: "0", Skipped: &junitMessage{onlyRead(s).In(j.lang)}}}
		}
	}
	suite := junitSuite{Name: "atelier", Cases: j.cases}
	if s.script != nil {
		suite.Name = s.script.Name
	}
	for _, c := range j.cases {
		if c.Failure != nil {
			suite.Failures++
		}
		if c.Error != nil {
			suite.Errors++
		}
		if c.Skipped != nil {
			suite.Skipped++
		}
	}
	failed := suite.Failures+suite.Errors > 0
	if s.result.Status != lab.Passed && !failed { // no line to blame: the script, or the bench
		message := string(s.result.Status)
		if s.result.Err != nil {
			message = words.Tell(j.lang, s.result.Err)
		}
		suite.Cases = append(suite.Cases, junitCase{
			Class: suite.Name, Name: string(s.result.Status), Seconds: "0", Error: &junitMessage{message},
		})
		suite.Errors++
	}
	suite.Tests = len(suite.Cases)
	_, _ = io.WriteString(j.out, xml.Header)
	e := xml.NewEncoder(j.out)
	e.Indent("", "  ")
	_ = e.Encode(junitSuites{Suite: suite})
	_, _ = io.WriteString(j.out, "\n")
}
