package access

import "strings"

// DeviceName makes a name for people out of a User-Agent: "Firefox on
// Windows". Programs give their own name.
func DeviceName(agent string) string {
	system := firstIn(agent, []named{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"HarmonyOS", "HarmonyOS"}, {"Android", "Android"},
		{"Windows", "Windows"}, {"CrOS", "ChromeOS"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"},
	})
	// Most browsers also name those that they resemble; the rarer comes first.
	browser := firstIn(agent, []named{
		{"MicroMessenger/", "WeChat"}, {"SamsungBrowser/", "Samsung Internet"}, {"OPR/", "Opera"}, {"Vivaldi/", "Vivaldi"},
		{"Edg/", "Edge"}, {"EdgA/", "Edge"}, {"EdgiOS/", "Edge"}, {"FxiOS/", "Firefox"}, {"Firefox/", "Firefox"},
		{"CriOS/", "Chrome"}, {"Chromium/", "Chromium"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
	})
	switch {
	case browser != "" && system != "":
		return browser + " on " + system
	case browser != "":
		return browser
	case system != "":
		return system
	}
	program, _, _ := strings.Cut(agent, "/")
	program = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, program)
	if len(program) > 40 {
		program = program[:40]
	}
	return strings.TrimSpace(program)
}

type named struct{ mark, name string }

func firstIn(agent string, list []named) string {
	for _, n := range list {
		if strings.Contains(agent, n.mark) {
			return n.name
		}
	}
	return ""
}
