package commandline

import (
	"net/url"
	"strings"

	"atelier/assets/words"
	"atelier/chaos"
)

// readToxiproxy reads which Toxiproxy is used: one that is there, or ours.
func (a *Asked) readToxiproxy() (err error) {
	switch {
	case a.Toxiproxy == "" && len(a.toxiproxyMap) > 0:
		return words.Errorf("--toxiproxy-map wants --toxiproxy", "--toxiproxy-map demande --toxiproxy")
	case a.Toxiproxy == "":
		return nil
	case a.ToxiproxyAPI != "":
		return words.Errorf(
			"--toxiproxy uses a Toxiproxy that is there, --toxiproxy-api says where the embedded one listens: give one of the two",
			"--toxiproxy emploie un Toxiproxy qui existe, --toxiproxy-api dit où écoute celui qui est embarqué : donnez l’un des deux")
	}
	if a.Toxiproxy, err = apiURL(a.Toxiproxy); err != nil {
		return err
	}
	if a.ToxiproxyMap, err = chaos.ParseMap(a.toxiproxyMap); err != nil {
		return words.Errorf("--toxiproxy-map: %v", "--toxiproxy-map : %v", err)
	}
	return nil
}

// apiURL completes HOST:PORT to a URL.
func apiURL(s string) (string, error) {
	given := s
	if !strings.Contains(s, "://") {
		s = "http://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "" {
		return "", words.Errorf(
			"--toxiproxy %q is no URL of an API: write for instance http://127.0.0.1:8474",
			"--toxiproxy %q n’est pas l’URL d’une API : écrivez par exemple http://127.0.0.1:8474", withoutUser(given))
	}
	return strings.TrimRight(u.String(), "/"), nil
}
