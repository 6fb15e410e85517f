package tape

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"atelier/kafka/ledger"
)

// Every event of the ledger has a name; a new one must be given one.
func TestEveryEventHasAName(t *testing.T) {
	named := map[string]bool{}
	for _, k := range kinds {
		named[k.goType.Name()] = true
	}
	files, err := filepath.Glob("../*.go")
	must(t, err)
	found := 0
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		must(t, err)
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			s, ok := spec.Type.(*ast.StructType)
			if !ok {
				return true
			}
			for _, field := range s.Fields.List {
				if id, ok := field.Type.(*ast.Ident); ok && id.Name == "At" && len(field.Names) == 0 {
					found++
					if !named[spec.Name.Name] {
						t.Errorf("%s has no name", spec.Name.Name)
					}
				}
			}
			return true
		})
	}
	if found != len(kinds) || len(byName) != len(kinds) || len(byType) != len(kinds) {
		t.Errorf("%d events, %d kinds, %d names", found, len(kinds), len(byName))
	}
}

// Names are for ever: what was recorded once can be read.
func TestNamesStay(t *testing.T) {
	var names []string
	for _, k := range kinds {
		names = append(names, k.name)
	}
	const want = "run-began batch-opened sent batch-closed departed arrived answered heard ended dial-refused reported " +
		"toxic-added toxic-removed proxy-changed broker-changed leader-changed audit-began copies-read audit-ended fault-hidden fault-named"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("names are %s", got)
	}
}

// Every field of every event survives: no field is without a tag, or lossy.
func TestRoundTrip(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			v := reflect.New(k.goType)
			n := 0
			fill(t, v.Elem(), &n)
			want := v.Elem().Interface().(ledger.Event)
			text := written(t, []ledger.Event{want})
			events, notices, err := heard(t, text)
			if err != nil || len(notices) != 0 || len(events) != 1 || !reflect.DeepEqual(events[0], want) {
				t.Fatalf("%+v\nwritten as\n%s\nread as\n%+v %v %v", want, text, events, notices, err)
			}
			if strings.Contains(text, `"At":`) || !strings.Contains(text, `{"event":"`+k.name+`",`) {
				t.Error(text)
			}
		})
	}
}

// fill gives every field a value of its own.
func fill(t *testing.T, v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2026, 9, 1, 12, 0, 0, 123456789, time.UTC)))
			return
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); !f.Anonymous && f.Tag.Get("json") == "" {
				t.Errorf("%s.%s has no name in JSON", v.Type(), f.Name)
			}
			fill(t, v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(t, v.Index(0), n)
		fill(t, v.Index(1), n)
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]int64{"a": 1, "b": -2}))
	case reflect.String:
		v.SetString("é<&>\u2028\"\\ " + strings.Repeat("x", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8: // an outcome
		v.SetUint(uint64(ledger.Cut))
	case reflect.Uint32:
		if v.SetUint(uint64(*n)); *n == 5 {
			v.SetUint(0) // Sent.From: a batch begins at its beginning
		}
	case reflect.Uint64:
		v.SetUint(^uint64(0) - uint64(*n))
	case reflect.Int16, reflect.Int32, reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Float32:
		v.SetFloat(0.1)
	default:
		t.Fatalf("a field of kind %s: the test must learn it", v.Kind())
	}
}
