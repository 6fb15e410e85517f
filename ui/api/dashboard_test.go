package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
	"gopkg.in/yaml.v3"
)

// series are the names that /metrics really gives, each with its labels and
// their values.
type series map[string]map[string]map[string]bool

// scrape makes everything happen that is counted, and reads /metrics with
// Prometheus' own reader.
func scrape(w *world) series {
	w.Helper()
	for _, path := range []string{"plain", "idempotent", "plain-async", "idempotent-async"} {
		w.post("/api/v1/test/"+path, "")
	}
	w.post("/api/v1/test/plain", `{"topic":"nope"}`)
	w.post("/api/v1/toxics", `{"type":"latency","attributes":{"latency":1}}`).want(w, http.StatusCreated, nil)
	w.post("/api/v1/audit", "").want(w, http.StatusOK, nil)
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(w.get("/metrics").text))
	if err != nil {
		w.Fatal(err)
	}
	all := series{"up": {"job": nil, "instance": nil}} // Prometheus' own, of each target
	for name, f := range families {
		parts := map[string]bool{"": true}
		if f.GetType().String() == "HISTOGRAM" {
			parts = map[string]bool{"_bucket": true, "_sum": true, "_count": true}
		}
		for part := range parts {
			of := map[string]map[string]bool{"job": nil, "instance": nil} // of the scrape
			all[name+part] = of
			if part == "_bucket" {
				of["le"] = nil
			}
			for _, m := range f.GetMetric() {
				for _, l := range m.GetLabel() {
					if of[l.GetName()] == nil {
						of[l.GetName()] = map[string]bool{}
					}
					of[l.GetName()][l.GetValue()] = true
				}
			}
		}
	}
	return all
}

// set is a set of labels.
type set map[string]bool

// judge says which labels an expression's answer has, or what is wrong with it:
// a name or a label that is not there, a value that never comes, sides that can
// never meet.
func (s series) judge(e parser.Expr) (set, error) {
	switch e := e.(type) {
	case *parser.VectorSelector:
		of, there := s[e.Name]
		if !there {
			return nil, fmt.Errorf("nothing is called %s", e.Name)
		}
		for _, m := range e.LabelMatchers {
			values, there := of[m.Name]
			switch {
			case m.Name == labels.MetricName:
			case !there:
				return nil, fmt.Errorf("%s has no label %s", e.Name, m.Name)
			case m.Type == labels.MatchEqual && values != nil && !values[m.Value]:
				return nil, fmt.Errorf("%s has no %s=%q", e.Name, m.Name, m.Value)
			}
		}
		return set(has(of)), nil
	case *parser.MatrixSelector:
		return s.judge(e.VectorSelector)
	case *parser.ParenExpr:
		return s.judge(e.Expr)
	case *parser.NumberLiteral:
		return nil, nil
	case *parser.Call:
		return s.call(e)
	case *parser.AggregateExpr:
		of, err := s.judge(e.Expr)
		if err != nil {
			return nil, err
		}
		by := set{}
		for _, name := range e.Grouping {
			if by[name] = true; !of[name] {
				return nil, fmt.Errorf("%s: no label %s to group by", e, name)
			}
		}
		if e.Without {
			return nil, fmt.Errorf("%s: say what to group by", e)
		}
		return by, nil
	case *parser.BinaryExpr:
		left, err := s.judge(e.LHS)
		if err != nil {
			return nil, err
		}
		right, err := s.judge(e.RHS)
		if err != nil {
			return nil, err
		}
		if e.LHS.Type() == parser.ValueTypeVector && e.RHS.Type() == parser.ValueTypeVector && !maps.Equal(left, right) {
			return nil, fmt.Errorf("%s: one side has %v, the other %v", e, left, right)
		}
		if e.LHS.Type() == parser.ValueTypeVector {
			return left, nil
		}
		return right, nil
	}
	return nil, fmt.Errorf("what is %T?", e)
}

func (s series) call(e *parser.Call) (set, error) {
	var of set
	for _, a := range e.Args {
		found, err := s.judge(a)
		if err != nil {
			return nil, err
		}
		if found != nil {
			of = found
		}
	}
	if e.Func.Name == "histogram_quantile" {
		if !of["le"] {
			return nil, fmt.Errorf("%s has no le", e)
		}
		delete(of, "le")
	}
	return of, nil
}

func has[V any](m map[string]V) map[string]bool {
	names := map[string]bool{}
	for name := range m {
		names[name] = true
	}
	return names
}

// check judges an expression, and whether what is said of its answer can be said.
func (s series) check(text string, said *regexp.Regexp, sentences ...string) error {
	e, err := parser.ParseExpr(text)
	if err != nil {
		return err
	}
	of, err := s.judge(e)
	if err != nil {
		return err
	}
	for _, sentence := range sentences {
		for _, m := range said.FindAllStringSubmatch(sentence, -1) {
			if !of[m[1]] {
				return fmt.Errorf("%s: no label %s is left to say %q", text, m[1], sentence)
			}
		}
	}
	return nil
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile("../../assets/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// What is shipped for Prometheus and Grafana asks only for what /metrics gives.
func TestDashboardsAndAlerts(t *testing.T) {
	there := scrape(open(t))
	t.Run("prometheus", prometheus)
	t.Run("alerts", func(t *testing.T) { alerts(t, there) })
	for _, name := range []string{"atelier.json", "atelier-fr.json"} {
		t.Run(name, func(t *testing.T) { dashboard(t, there, read(t, "grafana/"+name)) })
	}
	t.Run("same", sameDashboards)
	t.Run("wrong", func(t *testing.T) { wrong(t, there) })
}

// decode reads YAML, and no field that nobody knows.
func decode(t *testing.T, name string, into any) {
	t.Helper()
	d := yaml.NewDecoder(bytes.NewReader(read(t, name)))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		t.Fatal(name, err)
	}
}

// prometheus is where the rules are read, and what is scraped.
func prometheus(t *testing.T) {
	var config struct {
		Global        map[string]model.Duration `yaml:"global"`
		RuleFiles     []string                  `yaml:"rule_files"`
		ScrapeConfigs []struct {
			JobName string `yaml:"job_name"`
			Static  []struct {
				Targets []string `yaml:"targets"`
			} `yaml:"static_configs"`
		} `yaml:"scrape_configs"`
	}
	decode(t, "prometheus/prometheus.yaml", &config)
	if len(config.ScrapeConfigs) != 1 || config.ScrapeConfigs[0].JobName != "atelier" || config.ScrapeConfigs[0].Static[0].Targets[0] != "127.0.0.1:18081" || !slices.Equal(config.RuleFiles, []string{"alerts.yaml"}) {
		t.Errorf("%+v", config)
	}
}

func alerts(t *testing.T, there series) {
	var rules struct {
		Groups []struct {
			Name  string
			Rules []struct {
				Alert, Expr         string
				For                 model.Duration
				Labels, Annotations map[string]string
			}
		}
	}
	decode(t, "prometheus/alerts.yaml", &rules)
	labelled := regexp.MustCompile(`\$labels\.(\w+)`)
	named := map[string]bool{}
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			if named[r.Alert] || r.Labels["severity"] == "" {
				t.Errorf("%s: twice, or of no severity", r.Alert)
			}
			named[r.Alert] = true
			var sentences []string
			for _, name := range []string{"summary", "description", "summary_fr", "description_fr"} {
				if r.Annotations[name] == "" {
					t.Errorf("%s has no %s", r.Alert, name)
				}
				// Prometheus' own names for what an alert is about.
				if _, err := template.New(name).Parse("{{$labels := .Labels}}{{$value := .Value}}" + r.Annotations[name]); err != nil {
					t.Errorf("%s: %v", r.Alert, err)
				}
				sentences = append(sentences, r.Annotations[name])
			}
			if err := there.check(r.Expr, labelled, sentences...); err != nil {
				t.Errorf("%s: %v", r.Alert, err)
			}
		}
	}
	if len(named) < 10 {
		t.Errorf("%d alerts", len(named))
	}
}

// board is what we read of a Grafana dashboard.
type board struct {
	UID, Title string
	Templating struct {
		List []struct {
			Name  string
			Query any
		}
	}
	Panels []struct {
		ID                       int
		Type, Title, Description string
		GridPos                  struct{ H, W, X, Y int }
		Targets                  []struct{ RefID, Expr, LegendFormat string }
	}
}

func dashboard(t *testing.T, there series, raw []byte) {
	var b board
	if err := json.Unmarshal(raw, &b); err != nil {
		t.Fatal(err)
	}
	labelled := regexp.MustCompile(`{{(\w+)}}`)
	ids, asked := map[int]bool{}, map[string]bool{}
	for i, p := range b.Panels {
		if ids[p.ID] || p.Title == "" || (p.Type != "row" && (p.Description == "" || len(p.Targets) == 0)) {
			t.Errorf("%+v", p)
		}
		ids[p.ID] = true
		for _, q := range b.Panels[:i] {
			if a, c := p.GridPos, q.GridPos; a.X < c.X+c.W && c.X < a.X+a.W && a.Y < c.Y+c.H && c.Y < a.Y+a.H {
				t.Errorf("%s lies on %s", p.Title, q.Title)
			}
		}
		for _, target := range p.Targets {
			expr := strings.ReplaceAll(target.Expr, "$__rate_interval", "1m")
			if err := there.check(expr, labelled, target.LegendFormat); err != nil {
				t.Errorf("%s: %v", p.Title, err)
			}
			for name := range there {
				if strings.Contains(expr, name+"{") {
					asked[name] = true
				}
			}
		}
	}
	for name := range there {
		base := strings.TrimSuffix(strings.TrimSuffix(name, "_sum"), "_count")
		if !asked[name] && !asked[base+"_bucket"] && name != "up" && name != "atelier_audit_copies" {
			t.Errorf("nobody shows %s", name)
		}
	}
	values := regexp.MustCompile(`label_values\((\w+), (\w+)\)`)
	for _, v := range b.Templating.List {
		if m := values.FindStringSubmatch(fmt.Sprint(v.Query)); v.Name == "instance" && (m == nil || !has(there[m[1]])[m[2]]) {
			t.Errorf("%+v", v)
		}
	}
}

// sameDashboards asks of both languages' dashboards the same of Prometheus.
func sameDashboards(t *testing.T) {
	var boards [2]board
	for i, name := range []string{"atelier.json", "atelier-fr.json"} {
		if err := json.Unmarshal(read(t, "grafana/"+name), &boards[i]); err != nil {
			t.Fatal(err)
		}
		b := &boards[i]
		b.UID, b.Title = "", ""
		for k := range b.Panels {
			b.Panels[k].Title, b.Panels[k].Description = "", ""
			for n := range b.Panels[k].Targets {
				b.Panels[k].Targets[n].LegendFormat = ""
			}
		}
	}
	if en, fr := fmt.Sprintf("%+v", boards[0]), fmt.Sprintf("%+v", boards[1]); en != fr {
		t.Errorf("in English\n%s\nin French\n%s", en, fr)
	}
}

// wrong holds the judge against what it is to find.
func wrong(t *testing.T, there series) {
	for expr, says := range map[string]string{
		`atelier_sends_total`:                                                         "nothing is called",
		`rate(atelier_sent_total[5m`:                                                  "parse error",
		`atelier_sent_total{outcome="acked"}`:                                         "no label outcome",
		`atelier_messages_total{outcome="lost"}`:                                      `no outcome="lost"`,
		`sum by (verdict) (atelier_sent_total)`:                                       "no label verdict",
		`histogram_quantile(0.9, sum by (mode) (atelier_acked_duration_seconds_sum))`: "no le",
		`sum by (mode) (atelier_retries_total) / atelier_attempts_total`:              "one side has",
		`atelier_acked_duration_seconds`:                                              "nothing is called",
		`sum(atelier_messages_total{outcome="acked"})`:                                "no label mode is left",
	} {
		err := there.check(expr, regexp.MustCompile(`{{(\w+)}}`), "{{mode}}")
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", expr, err)
		}
	}
}
