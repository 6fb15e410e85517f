package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// inForce are the toxics in force, as broker and name.
func (w *world) inForce() []string {
	w.Helper()
	var all []string
	for _, x := range w.get("/api/v1/toxics").body["toxics"].([]any) {
		t := x.(map[string]any)
		all = append(all, fmt.Sprint(t["broker"], " ", t["name"]))
	}
	slices.Sort(all)
	return all
}

// What is removed is what was named, and nothing where that can't be read.
func TestSomeToxicsAreRemoved(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.post("/api/v1/toxics", `{"type":"latency","name":"a1","attributes":{"latency":1}}`).want(t, http.StatusCreated, nil)
	w.post("/api/v1/toxics", `{"type":"latency","name":"b1","stream":"upstream","attributes":{"latency":1}}`).want(t, http.StatusCreated, nil)
	for _, c := range []struct {
		where       string
		status      int
		field, says string
	}{
		{"?nme=a1", 400, "nme", "did you mean name?"},
		{"?name=", 400, "name", "name is empty"},
		{"?name=a1&name=b1", 400, "name", "given twice"},
		{"?stream=sideways", 400, "stream", "downstream or upstream"},
		{"?stream=", 400, "stream", "downstream or upstream"},
		{"?broker=one", 400, "broker", "is a number"},
		{"?broker=", 400, "broker", "is a number"},
		{"?broker=0", 422, "broker", "there is no broker 0"},
		{"?broker=9", 422, "broker", "there is no broker 9"},
		{"?name=c1", 404, "name", "c1"},
		{"?name=a1&stream=upstream", 404, "name", "a1"},
		{"/a1?name=a1", 400, "name", "no parameter"},
		{"/b1?stream=downstream", 404, "name", "b1"},
	} {
		a := w.do(http.MethodDelete, "/api/v1/toxics"+c.where, "")
		if a.status != c.status || a.body["field"] != c.field || !strings.Contains(a.text, c.says) {
			t.Errorf("%s: %d %s", c.where, a.status, a.text)
		}
	}
	for _, c := range []struct {
		where string
		left  []string
	}{
		{"?name=a1&broker=1", []string{"1 b1", "2 a1", "2 b1", "3 a1", "3 b1"}},
		{"?stream=upstream&broker=2", []string{"1 b1", "2 a1", "3 a1", "3 b1"}},
		{"/b1?broker=3", []string{"1 b1", "2 a1", "3 a1"}},
		{"?broker=2", []string{"1 b1", "3 a1"}},
		{"?stream=downstream", []string{"1 b1"}},
		{"", nil},
	} {
		w.do(http.MethodDelete, "/api/v1/toxics"+c.where, "").want(t, http.StatusNoContent, nil)
		if left := w.inForce(); !slices.Equal(left, c.left) {
			t.Errorf("%s: %v are left, not %v", c.where, left, c.left)
		}
	}
}

// A toxic that can't be is refused by the field that is to blame, with what to
// write instead: in JSON.
func TestToxicsThatAreRefused(t *testing.T) {
	t.Parallel()
	w := open(t)
	for _, c := range []struct {
		body               string
		status             int
		field, says, write string
	}{
		{`{"type":"timeout","name":"a/b","attributes":{"timeout":1}}`, 422, "name", "a/b", "up to 64"},
		{`{"type":"timeout","name":"..","attributes":{"timeout":1}}`, 422, "name", "..", "up to 64"},
		{`{"type":"latency","stream":"sideways","attributes":{"latency":1}}`, 422, "stream", "sideways", `"stream":"downstream"`},
		{`{"type":"latency","stream":"upstraem","attributes":{"latency":1}}`, 422, "stream", "did you mean upstream?", `"stream":"upstream"`},
		{`{"type":"latency","stream":"","attributes":{"latency":1}}`, 422, "stream", "is unknown", `"stream":"downstream"`},
		{`{"type":"latency","toxicity":2,"attributes":{"latency":1}}`, 422, "toxicity", "at most 1", `"toxicity":0.5`},
		{`{"type":"latency","toxicity":"all","attributes":{"latency":1}}`, 400, "toxicity", "can't be a string", "give a number"},
		{`{"type":"latency","toxicity":1e99,"attributes":{"latency":1}}`, 422, "toxicity", "out of range", "nearer to 0"},
		{`{}`, 422, "type", "the type is missing", "latency"},
		{`{"type":"latecy"}`, 422, "type", "did you mean latency?", "latency"},
		{`{"type":"down"}`, 422, "type", `no toxic "down"`, "latency"},
		{`{"type":"latency"}`, 422, "attributes.latency", "needs latency", `"attributes":{"latency":5000}, in milliseconds`},
		{`{"type":"latency","attributes":{"latency":null}}`, 422, "attributes.latency", "needs latency", `{"latency":5000}`},
		{`{"type":"latency","attributes":{"latencyy":5000}}`, 422, "attributes.latencyy", "did you mean latency?", "right name"},
		{`{"type":"latency","attributes":{"latency":"2s"}}`, 400, "attributes.latency", "can't be a string", `{"latency":2000}, in milliseconds`},
		{`{"type":"bandwidth","attributes":{"rate":"fast"}}`, 400, "attributes.rate", "can't be a string", "in kilobytes per second"},
		{`{"type":"latency","attributes":{"latency":1.5}}`, 400, "attributes.latency", "can't be 1.5", "in milliseconds"},
		{`{"type":"latency","attributes":{"latency":-1}}`, 422, "attributes.latency", "out of range", "in milliseconds"},
		{`{"type":"latency","attributes":{"latency":99999999999999999999}}`, 422, "attributes.latency", "out of range", "in milliseconds"},
		{`{"type":"slicer","attributes":{"average_size":1,"size_variation":9}}`, 422, "attributes", "size_variation", "other numbers"},
		{`{"type":"latency","attributes":5}`, 400, "attributes", "can't be a number", "give an object"},
		{`{"type":"latency","attributes":{"latency":1,"latency":2}}`, 400, "attributes.latency", "given twice", "once"},
		{`{"type":"latency","Type":"latency","attributes":{"latency":1}}`, 400, "Type", "given twice", "once"},
		{``, 400, "body", "there is none", `{"type":"latency"`},
		{`[]`, 400, "body", "it is an array", `{"type":"latency"`},
		{`5`, 400, "body", "it is a number", `{"type":"latency"`},
		{`{"type":`, 400, "body", "ends in the middle", `{"type":"latency"`},
		{`{type:"latency"}`, 400, "body", "byte 1 on", `{"type":"latency"`},
		{`{"type":"latency","broker":9,"attributes":{"latency":1}}`, 422, "broker", "no broker 9", "leave it out"},
	} {
		a := w.post("/api/v1/toxics", c.body)
		detail, _ := a.body["detail"].(string)
		action, _ := a.body["action"].(string)
		if a.status != c.status || a.body["field"] != c.field || !strings.Contains(detail, c.says) || !strings.Contains(action, c.write) {
			t.Errorf("%s: %d %s", c.body, a.status, a.text)
		}
		french := w.do(http.MethodPost, "/api/v1/toxics", c.body, "Accept-Language", "fr")
		if french.body["detail"] == a.body["detail"] || strings.Contains(french.text, "%!") || strings.Contains(french.text, "unmarshal") {
			t.Errorf("%s: not in French: %s", c.body, french.text)
		}
	}
	if left := w.inForce(); left != nil {
		t.Error(left)
	}
}
