package desktop

import (
	"bufio"
	"bytes"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

const patience = 20 * time.Second

// watcher is the desktop's side of the tray.
type watcher struct{ items chan dbus.Sender }

func (w watcher) RegisterStatusNotifierItem(_ string, from dbus.Sender) *dbus.Error {
	w.items <- from
	return nil
}

// The program, as people build it, on a desktop that the test plays.
func TestTrayOfTheProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	address := testBus(t)
	bus := onBus(t, address, "org.kde.StatusNotifierWatcher")
	w := watcher{make(chan dbus.Sender, 4)}
	if err := bus.Export(w, "/StatusNotifierWatcher", "org.kde.StatusNotifierWatcher"); err != nil {
		t.Fatal(err)
	}
	p := startProgram(t, "DBUS_SESSION_BUS_ADDRESS="+address, "DISPLAY=:99", "LC_ALL=zh_CN.UTF-8")

	var item dbus.BusObject
	select {
	case from := <-w.items:
		item = bus.Object(string(from), "/StatusNotifierItem")
	case <-time.After(patience):
		t.Fatal("no icon came")
	}
	if title := titleOf(t, item); title != "Duologue" {
		t.Errorf("the icon is called %q", title)
	}
	var pictures []struct {
		W, H int32
		Data []byte
	}
	if v, err := item.GetProperty("org.kde.StatusNotifierItem.IconPixmap"); err != nil || v.Store(&pictures) != nil ||
		len(pictures) != 1 || pictures[0].W != 32 || len(pictures[0].Data) != 32*32*4 {
		t.Errorf("the picture is %v, %v", pictures, err)
	}

	alice, bob := p.person(t), p.person(t)
	alice.post(t, "api/setup", `{"token":"`+p.token+`","name":"Alice"}`)
	bob.post(t, "api/join", `{"code":"welcome","name":"Bob"}`)
	bob.post(t, "api/chats/1/messages", `{"cid":"0123456789abcdef","content":"hello"}`)
	within(t, "the unread message in the title", func() bool { return titleOf(t, item) == "Duologue · 1 条未读" })

	menu := menuOf(t, bus.Object(item.Destination(), "/StatusNotifierItem/menu"))
	if got := len(menu); got != 3 {
		t.Fatalf("the menu has %v", menu)
	}
	for _, c := range []struct {
		do   func()
		want string
	}{
		{func() { click(t, bus, item, menu["打开 Duologue"]) }, ""},
		{func() { click(t, bus, item, menu["邀请别人"]) }, "&to=invite"},
		{func() { item.Call("org.kde.StatusNotifierItem.Activate", 0, int32(0), int32(0)) }, ""},
	} {
		c.do()
		at := p.opened(t)
		token, ok := strings.CutPrefix(at, p.url+"#token=")
		token, to, _ := strings.Cut(token, "&")
		if !ok || token == "" || to != strings.TrimPrefix(c.want, "&") {
			t.Errorf("the browser got %q", at)
		}
	}

	click(t, bus, item, menu["退出 Duologue"])
	ended := make(chan error, 1)
	go func() { ended <- p.cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("it ended with %v: %s", err, p.log.String())
		}
	case <-time.After(patience):
		t.Error("it does not end")
	}
}

// Without a tray the program runs on, and says so in one line.
func TestNoTray(t *testing.T) {
	for _, env := range [][]string{
		{"DISPLAY=", "WAYLAND_DISPLAY="},
		{"DISPLAY=:99", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere"},
		{"DISPLAY=:99", "DBUS_SESSION_BUS_ADDRESS=", "XDG_RUNTIME_DIR="},
	} {
		for _, e := range env {
			name, value, _ := strings.Cut(e, "=")
			t.Setenv(name, value)
		}
		if tray, err := ShowTray(nil, Actions{}); err == nil || tray != nil {
			t.Errorf("%q: a tray came", env)
		}
	}
}

func titleOf(t *testing.T, item dbus.BusObject) string {
	t.Helper()
	v, err := item.GetProperty("org.kde.StatusNotifierItem.Title")
	if err != nil {
		t.Fatal(err)
	}
	return v.Value().(string)
}

// menuOf gives the ids of the entries by their words.
func menuOf(t *testing.T, menu dbus.BusObject) map[string]int32 {
	t.Helper()
	var revision uint32
	var root struct {
		ID       int32
		Props    map[string]dbus.Variant
		Children []dbus.Variant
	}
	if err := menu.Call("com.canonical.dbusmenu.GetLayout", 0, int32(0), int32(-1), []string{}).Store(&revision, &root); err != nil {
		t.Fatal(err)
	}
	found := map[string]int32{}
	for _, child := range root.Children {
		entry := child.Value().([]any)
		if label, ok := entry[1].(map[string]dbus.Variant)["label"]; ok && label.Value() != "" {
			found[label.Value().(string)] = entry[0].(int32)
		}
	}
	return found
}

func click(t *testing.T, bus *dbus.Conn, item dbus.BusObject, id int32) {
	t.Helper()
	menu := bus.Object(item.Destination(), "/StatusNotifierItem/menu")
	if err := menu.Call("com.canonical.dbusmenu.Event", 0, id, "clicked", dbus.MakeVariant(""), uint32(0)).Err; err != nil {
		t.Fatal(err)
	}
}

// running is the program under test, with a browser that writes down what it
// is shown.
type running struct {
	cmd        *exec.Cmd
	url, token string
	record     string
	log        bytes.Buffer
}

func startProgram(t *testing.T, env ...string) *running {
	t.Helper()
	dir := t.TempDir()
	exe := filepath.Join(dir, "duologue")
	build := exec.Command("go", "build", "-o", exe, "duologue")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	p := &running{record: filepath.Join(dir, "opened")}
	script := "#!/bin/sh\nprintf '%s' \"$1\" >" + p.record + ".new && mv " + p.record + ".new " + p.record + "\n"
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	p.cmd = exec.Command(exe, "-data", filepath.Join(dir, "data"), "-addr", "127.0.0.1:0", "-no-browser", "-join-code", "welcome")
	p.cmd.Env = append(append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH")), env...)
	p.cmd.Stderr = &p.log
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.cmd.Process.Kill(); p.cmd.Wait() })
	line, _ := bufio.NewReader(out).ReadString('\n')
	p.url, p.token, _ = strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "duologue ready "), "#token=")
	return p
}

// opened waits for what the browser is shown next.
func (p *running) opened(t *testing.T) (at string) {
	t.Helper()
	within(t, "a page", func() bool {
		data, err := os.ReadFile(p.record)
		at = string(data)
		return err == nil
	})
	os.Remove(p.record)
	return at
}

type person struct {
	http http.Client
	url  string
}

func (p *running) person(t *testing.T) *person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &person{http.Client{Jar: jar}, p.url}
}

func (p *person) post(t *testing.T, path, body string) {
	t.Helper()
	res, err := p.http.Post(p.url+path, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode >= 300 {
		t.Fatalf("POST %s: %s", path, res.Status)
	}
}

// within waits for something that a person would notice.
func within(t *testing.T, what string, yes func() bool) {
	t.Helper()
	end := time.After(patience)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !yes() {
		select {
		case <-tick.C:
		case <-end:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}
