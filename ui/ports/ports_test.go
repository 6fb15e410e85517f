package ports_test

import (
	"testing"

	"atelier/assets/words"
	"atelier/ui/ports"
)

func TestASecondTerminalGoesToThisConsole(t *testing.T) {
	const usual = "Send to `localhost:18081`:\n\n```bash\n  curl http://localhost:18081/health\ncurl http://127.0.0.1:8474/proxies\n```\n\n" +
		"```bash needs=docker\ndocker run -p 127.0.0.1:18081:8080 x\n```\n\n```yaml\n- \"127.0.0.1:18081:8080\"\n```\n\n```bash\nls\n```\n"
	const moved = "Send to `localhost:18081`:\n\n```bash\n# the ports are this console’s\n  curl http://localhost:44473/health\ncurl http://127.0.0.1:45555/proxies\n```\n\n" +
		"```bash needs=docker\ndocker run -p 127.0.0.1:18081:8080 x\n```\n\n```yaml\n- \"127.0.0.1:18081:8080\"\n```\n\n```bash\nls\n```\n"
	if got := ports.Of("http://127.0.0.1:44473", "http://127.0.0.1:45555").In(usual, words.English); got != moved {
		t.Errorf("%s", got)
	}
	for name, p := range map[string]ports.Ports{
		"the usual ones": ports.Of("http://127.0.0.1:18081", "http://127.0.0.1:8474"),
		"none":           ports.Of("", ""), "nobody said": {},
	} {
		if got := p.In(usual, words.English); got != usual {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestPortsInAList(t *testing.T) {
	got := ports.Of("", "http://toxiproxy.example:8474").In("- so:\n\n  ~~~bash\n  curl localhost:8474/proxies\n  ~~~\n", words.French)
	if want := "- so:\n\n  ~~~bash\n  # les ports sont ceux de cette console\n  curl toxiproxy.example:8474/proxies\n  ~~~\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A fence that is cut off loses nothing.
func TestPortsOfAFenceWithoutEnd(t *testing.T) {
	if got := ports.Of("http://127.0.0.1:1", "").In("```bash\ncurl localhost:18081", words.English); got != "```bash\ncurl localhost:18081" {
		t.Errorf("%q", got)
	}
}
