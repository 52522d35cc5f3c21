package config

import (
	"errors"
	"flag"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"duologue/app/listen"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	with := func(change func(*Config)) Config {
		c := Config{Data: "d", Rate: 20, Title: "Duologue", Quota: 50 << 30, Recall: 5 * time.Minute}
		change(&c)
		return c
	}
	for _, c := range []struct {
		args string
		env  map[string]string
		want Config
	}{
		{"-data d", nil, with(func(c *Config) {})},
		{"", map[string]string{"DUOLOGUE_DATA": "d"}, with(func(c *Config) {})},
		{"-data d", map[string]string{"DUOLOGUE_DATA": "other"}, with(func(c *Config) {})},
		{"-data d -addr :8080", nil, with(func(c *Config) { c.Addr = ":8080" })},
		{"-data d -addr [::1]:0", nil, with(func(c *Config) { c.Addr = "[::1]:0" })},
		{"-data d -addr chat.lan:80", nil, with(func(c *Config) { c.Addr = "chat.lan:80" })},
		{"-data d", map[string]string{"DUOLOGUE_ADDR": "127.0.0.1:0"}, with(func(c *Config) { c.Addr = "127.0.0.1:0" })},
		{"-data d -no-browser", nil, with(func(c *Config) { c.NoBrowser = true })},
		{"-data d", map[string]string{"DUOLOGUE_NO_BROWSER": "1"}, with(func(c *Config) { c.NoBrowser = true })},
		{"-data d -no-browser=false", map[string]string{"DUOLOGUE_NO_BROWSER": "true"}, with(func(c *Config) {})},
		{"-data d -no-discovery", nil, with(func(c *Config) { c.NoDiscovery = true })},
		{"-data d", map[string]string{"DUOLOGUE_NO_DISCOVERY": "1"}, with(func(c *Config) { c.NoDiscovery = true })},
		{"-data d -join-code Ab_9-", nil, with(func(c *Config) { c.JoinCode = "Ab_9-" })},
		{"-data d", map[string]string{"DUOLOGUE_JOIN_CODE": "abc"}, with(func(c *Config) { c.JoinCode = "abc" })},
		{"-data d -rate 0", nil, with(func(c *Config) { c.Rate = 0 })},
		{"-data d -rate 0", map[string]string{"DUOLOGUE_RATE": "7"}, with(func(c *Config) { c.Rate = 0 })},
		{"-data d", map[string]string{"DUOLOGUE_RATE": "7.5"}, with(func(c *Config) { c.Rate = 7.5 })},
		{"-data d -title Home", nil, with(func(c *Config) { c.Title = "Home" })},
		{"-data d", map[string]string{"DUOLOGUE_TITLE": "  家  "}, with(func(c *Config) { c.Title = "家" })},
		{"-data d -version", nil, with(func(c *Config) { c.Version = true })},
		{"-data d -max-file 4G", map[string]string{"DUOLOGUE_QUOTA": "500m"}, with(func(c *Config) { c.MaxFile, c.Quota = 4<<30, 500<<20 })},
		{"-data d -recall 90s", nil, with(func(c *Config) { c.Recall = 90 * time.Second })},
		{"-data d -quota 0", nil, with(func(c *Config) { c.Quota = 0 })},
		{"--data=d", nil, with(func(c *Config) {})},
	} {
		got, err := Parse(strings.Fields(c.args), func(k string) string { return c.env[k] }, "linux")
		if err != nil {
			t.Errorf("%q %v: %v", c.args, c.env, err)
		} else if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%q %v: %s", c.args, c.env, d)
		}
	}
}

// With the computer it starts as it was started by hand, but quietly.
func TestStartupArguments(t *testing.T) {
	here, err := filepath.Abs("d")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		want []string
	}{
		{"-data /usual", []string{"-no-browser"}},
		{"-data d -no-browser", []string{"-no-browser", "-data", here}},
		{"-data /usual -addr :80 -no-tray -rate 0.5 -title Home -max-file 3G -quota 0 -recall 2h -join-code x",
			[]string{"-no-browser", "-addr", ":80", "-no-tray", "-rate", "0.5", "-title", "Home", "-max-file", "3G", "-quota", "0", "-recall", "2h0m0s"}},
	} {
		config, err := Parse(strings.Fields(c.args), func(string) string { return "" }, "linux")
		if err != nil {
			t.Fatal(err)
		}
		got := config.startupArgs("/usual")
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", c.args, d)
		}
		if _, err := Parse(got, func(string) string { return "" }, "linux"); err != nil {
			t.Errorf("%s: it could not start: %v", c.args, err)
		}
	}
}

func TestParseRefusesInOneSentence(t *testing.T) {
	for _, c := range []struct {
		args string
		env  map[string]string
		says string
	}{
		{"-wrong", nil, "-wrong"},
		{"-data", nil, "-data"},
		{"extra", nil, "extra"},
		{"-rate fast", nil, "rate"},
		{"-rate -1", nil, "-rate"},
		{"-recall 0s", nil, "-recall"},
		{"-recall 25h", nil, "-recall"},
		{"-rate NaN", nil, "-rate"},
		{"-rate Inf", nil, "-rate"},
		{"-addr 7272", nil, "-addr"},
		{"-addr :70000", nil, "-addr"},
		{"-addr :-1", nil, "-addr"},
		{"-addr http://x:1", nil, "-addr"},
		{"-join-code a#b", nil, "-join-code"},
		{"-title " + strings.Repeat("x", 61), nil, "-title"},
		{"", map[string]string{"DUOLOGUE_RATE": "fast"}, "DUOLOGUE_RATE"},
		{"", map[string]string{"DUOLOGUE_NO_BROWSER": "maybe"}, "DUOLOGUE_NO_BROWSER"},
	} {
		_, err := Parse(strings.Fields(c.args), func(k string) string { return c.env[k] }, "linux")
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q %v: %v", c.args, c.env, err)
		}
	}
}

// A service may have no home: its data does not go into the root folder.
func TestParseWithoutAHome(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows knows the home without the environment")
	}
	t.Setenv("HOME", "")
	t.Setenv("XDG_DATA_HOME", "")
	none := func(string) string { return "" }
	if c, err := Parse(nil, none, "linux"); err == nil || !strings.Contains(err.Error(), "-data") || !strings.Contains(err.Error(), "HOME") {
		t.Errorf("the data goes to %s, %v", c.Data, err)
	}
	for _, args := range []string{"-data d", "-version"} {
		if _, err := Parse(strings.Fields(args), none, "linux"); err != nil {
			t.Errorf("%s: %v", args, err)
		}
	}
	if text := Help("linux"); strings.Contains(text, "/.local") {
		t.Error(text)
	}
}

func TestHelpExplainsEveryFlag(t *testing.T) {
	none := func(string) string { return "" }
	if _, err := Parse([]string{"-h"}, none, "linux"); !errors.Is(err, flag.ErrHelp) {
		t.Fatalf("-h gave %v", err)
	}
	text := Help("linux")
	for _, word := range []string{"-data", "-addr", "-no-browser", "-no-tray", "-no-discovery", "-join-code", "-rate", "-title", "-version",
		"DUOLOGUE_DATA", "DUOLOGUE_ADDR", "DUOLOGUE_NO_BROWSER", "DUOLOGUE_NO_TRAY", "DUOLOGUE_NO_DISCOVERY", "DUOLOGUE_JOIN_CODE", "DUOLOGUE_RATE", "DUOLOGUE_TITLE",
		"Examples:", "7272", filepath.Join("", "duologue")} {
		if !strings.Contains(text, word) {
			t.Errorf("the help does not mention %s", word)
		}
	}
	for _, line := range strings.Split(text, "\n") {
		if len(line) > 80 && !strings.Contains(line, "default: /") {
			t.Errorf("the line is too wide for a terminal: %s", line)
		}
	}
	if strings.Contains(text, "%!") {
		t.Error("the help has a hole")
	}
}

// What was accepted can be used: an address splits, a code fits in a link.
func FuzzParse(f *testing.F) {
	f.Add("-addr", "127.0.0.1:0", "20")
	f.Add("-join-code", "abc", "0")
	f.Add("-title", "\xff", "1e9")
	f.Fuzz(func(t *testing.T, name, value, rate string) {
		c, err := Parse([]string{"-data", "d", name, value}, func(k string) string {
			if k == "DUOLOGUE_RATE" {
				return rate
			}
			return ""
		}, "linux")
		if err != nil {
			return
		}
		if c.Addr != "" {
			if _, port, err := listen.SplitAddr(c.Addr); err != nil || port < 0 || port > 65535 {
				t.Errorf("address %q was accepted", c.Addr)
			}
		}
		if strings.ContainsAny(c.JoinCode, "#&=/ ?") || !(c.Rate >= 0 && c.Rate <= 1e6) || c.Title == "" || c.Data == "" {
			t.Errorf("accepted %+v", c)
		}
	})
}
