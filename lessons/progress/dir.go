package progress

import "strings"

// Dir is the folder for a learner's progress on a system (as in GOOS), given
// its environment; empty where the environment names none.
func Dir(getenv func(string) string, goos string) string {
	switch goos {
	case "windows":
		if local := getenv("LOCALAPPDATA"); local != "" {
			return local + `\atelier`
		}
		if home := getenv("USERPROFILE"); home != "" {
			return home + `\AppData\Local\atelier`
		}
		return ""
	case "darwin":
		return under(getenv("HOME"), "Library/Application Support/atelier")
	}
	// A relative path is to be ignored, says the XDG specification.
	if state := getenv("XDG_STATE_HOME"); strings.HasPrefix(state, "/") {
		return under(state, "atelier")
	}
	return under(getenv("HOME"), ".local/state/atelier")
}

func under(dir, name string) string {
	if dir == "" {
		return ""
	}
	return strings.TrimRight(dir, "/") + "/" + name
}
