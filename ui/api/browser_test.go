package api_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// tryOut does in Swagger UI what a visitor does: opens the first operation, has
// it tried out, and reads the answer. It waits for what the page draws.
const tryOut = `(async () => {
	const until = (find) => new Promise((done) => {
		const look = () => {
			const found = find();
			if (found) { watch.disconnect(); done(found); }
		};
		const watch = new MutationObserver(look);
		watch.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
		look();
	});
	const operation = await until(() => document.getElementById("operations-send-send"));
	operation.querySelector(".opblock-summary button").click();
	(await until(() => operation.querySelector(".try-out__btn"))).click();
	(await until(() => operation.querySelector("button.execute"))).click();
	const answer = await until(() => operation.querySelector(".live-responses-table tbody .response"));
	return answer.querySelector(".response-col_status").innerText.trim() + "\n" + answer.querySelector(".highlight-code code").innerText.trim();
})()`

// In a real browser, Swagger UI sends a message and shows where it stands in the
// log. The browser reaches nothing but our server.
func TestSwaggerUIInABrowser(t *testing.T) {
	if os.Getenv("ATELIER_BROWSER") == "" {
		t.Skip("needs a browser: make browser")
	}
	w := open(t)
	b := browse(t)
	session := b.open(w.url + "/")
	var said struct {
		Result struct {
			Value string `json:"value"`
		} `json:"result"`
		Exception any `json:"exceptionDetails"`
	}
	b.call(session, "Runtime.evaluate", map[string]any{"expression": tryOut, "awaitPromise": true, "returnByValue": true}, &said)
	status, text, _ := strings.Cut(said.Result.Value, "\n")
	var answer map[string]any
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		t.Fatalf("%v: %+v", err, said)
	}
	story, there := w.bench.Ledger().Story(fmt.Sprint(answer["eventId"]))
	if status != "200" || !there || answer["success"] != true || answer["topic"] != "reliability-test" ||
		answer["partition"] != float64(story.Told[0].Partition) || answer["offset"] != float64(story.Told[0].Offset) {
		t.Errorf("%s %v, but the ledger says %+v", status, answer, story)
	}
	t.Logf("%s %s", status, text)
	for _, url := range b.asked {
		if !strings.HasPrefix(url, w.url+"/") && !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "blob:"+w.url) {
			t.Errorf("the page asks for %s", url)
		}
	}
	if len(b.asked) < 4 {
		t.Errorf("only %q were asked for", b.asked)
	}
}

// browser is a Chromium without a window, led over its DevTools protocol: JSON
// through two pipes, each message with a zero byte behind it.
type browser struct {
	testing.TB
	to    *os.File
	from  *bufio.Reader
	calls int
	asked []string // every address that a page asked for
}

func browse(t *testing.T) *browser {
	t.Helper()
	var command string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			command = path
			break
		}
	}
	if command == "" {
		t.Fatal("there is no chromium, and no chrome")
	}
	itsIn, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	from, itsOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	profile, err := os.MkdirTemp("", "atelier-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(profile) }) // a helper of the browser's that has outlived all patience may write there still
	chromium := exec.Command(command, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--no-first-run", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--no-proxy-server",
		"--user-data-dir="+profile, "--remote-debugging-pipe", "about:blank")
	chromium.ExtraFiles = []*os.File{itsIn, itsOut} // 3 and 4, as --remote-debugging-pipe has them
	chromium.Stderr = io.Discard                    // its helpers hold it, too: Wait returns once the last of them is gone
	chromium.WaitDelay = 10 * time.Second
	if err := chromium.Start(); err != nil {
		t.Fatal(err)
	}
	_, _ = itsIn.Close(), itsOut.Close()
	_ = from.SetReadDeadline(time.Now().Add(2 * time.Minute)) // whatever the page does not draw
	b := &browser{TB: t, to: to, from: bufio.NewReader(from)}
	t.Cleanup(func() {
		kill := time.AfterFunc(20*time.Second, func() { _ = chromium.Process.Kill() })
		defer kill.Stop()
		b.send("", "Browser.close", nil)
		_ = chromium.Wait()
		_, _ = to.Close(), from.Close()
	})
	return b
}

// open opens a page, and listens to what it asks for.
func (b *browser) open(url string) (session string) {
	b.Helper()
	var target struct {
		ID string `json:"targetId"`
	}
	b.call("", "Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct {
		Session string `json:"sessionId"`
	}
	b.call("", "Target.attachToTarget", map[string]any{"targetId": target.ID, "flatten": true}, &attached)
	b.call(attached.Session, "Network.enable", nil, nil)
	b.call(attached.Session, "Page.enable", nil, nil)
	b.call(attached.Session, "Page.navigate", map[string]any{"url": url}, nil)
	for method := ""; method != "Page.loadEventFired"; {
		method = b.read().Method
	}
	return attached.Session
}

// message is one of the protocol's: an answer, or an event.
type message struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

func (b *browser) send(session, method string, params map[string]any) int {
	b.calls++
	call := map[string]any{"id": b.calls, "method": method}
	if session != "" {
		call["sessionId"] = session
	}
	if params != nil {
		call["params"] = params
	}
	text, err := json.Marshal(call)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := b.to.Write(append(text, 0)); err != nil {
		b.Fatal(err)
	}
	return b.calls
}

// call asks the browser, and waits for its answer.
func (b *browser) call(session, method string, params map[string]any, into any) {
	b.Helper()
	id := b.send(session, method, params)
	for {
		m := b.read()
		if m.ID != id {
			continue
		}
		if m.Error != nil {
			b.Fatal(method, m.Error.Message)
		}
		if into != nil {
			if err := json.Unmarshal(m.Result, into); err != nil {
				b.Fatal(err)
			}
		}
		return
	}
}

func (b *browser) read() (m message) {
	b.Helper()
	text, err := b.from.ReadBytes(0)
	if err != nil {
		b.Fatal(err)
	}
	if err := json.Unmarshal(text[:len(text)-1], &m); err != nil {
		b.Fatal(err)
	}
	if m.Method == "Network.requestWillBeSent" {
		var sent struct {
			Request struct {
				URL string `json:"url"`
			} `json:"request"`
		}
		if err := json.Unmarshal(m.Params, &sent); err != nil {
			b.Fatal(err)
		}
		b.asked = append(b.asked, sent.Request.URL)
	}
	return m
}
