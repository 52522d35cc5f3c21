package app_test

import (
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"duologue/app"
	"duologue/app/apptest"
)

// fakeSwitch is a switch of a computer that a test has.
type fakeSwitch struct {
	on   atomic.Bool
	fail error
}

func (s *fakeSwitch) On() bool { return s.on.Load() }

func (s *fakeSwitch) Set(on bool) error {
	if s.fail == nil {
		s.on.Store(on)
	}
	return s.fail
}

// fakeAwake tells every change.
type fakeAwake struct {
	held    bool
	changes chan bool
}

func (a *fakeAwake) Offered() bool { return true }

func (a *fakeAwake) Hold(on bool) error {
	if on != a.held {
		a.held = on
		a.changes <- on
	}
	return nil
}

// program is the answer of GET /api/program.
type program struct {
	Version   string   `json:"version"`
	Since     int64    `json:"since"`
	Here      bool     `json:"here"`
	Folder    string   `json:"folder"`
	Size      int64    `json:"size"`
	People    int      `json:"people"`
	Online    int      `json:"online"`
	Addresses []string `json:"addresses"`
	Startup   *bool    `json:"startup"`
	Awake     *bool    `json:"awake"`
}

func TestProgramShowsItsState(t *testing.T) {
	startup, dir := &fakeSwitch{}, t.TempDir()
	h, a, b := two(t, app.Options{Data: dir, Startup: startup, Version: "1.2.3"})
	join(t, h, "Carol")
	live(t, b)
	var got program
	if err := a.Do("GET", "/api/program", nil, &got); err != nil {
		t.Fatal(err)
	}
	folder, _ := filepath.Abs(dir)
	if got.Version != "1.2.3" || got.People != 3 || got.Online != 1 || !got.Here || got.Folder != folder || got.Awake != nil ||
		got.Startup == nil || *got.Startup || got.Size < 1000 || got.Since <= 0 || len(got.Addresses) != 1 || got.Addresses[0] != h.URL+"/" {
		t.Fatalf("the state is %+v", got)
	}
	if err := a.Do("PATCH", "/api/program", m{"startup": true}, &got); err != nil || !*got.Startup || !startup.On() {
		t.Fatalf("after turning it on: %+v, %v", got, err)
	}
	for _, c := range []struct {
		body m
		code string
	}{{m{"awake": true}, "invalid"}, {m{"folder": "/"}, "bad_request"}, {m{"startup": "yes"}, "bad_request"}} {
		if err := a.Do("PATCH", "/api/program", c.body, nil); code(err) != c.code {
			t.Errorf("%v: %v", c.body, err)
		}
	}
	startup.fail = errors.New("detail")
	if err := a.Do("PATCH", "/api/program", m{"startup": false}, nil); code(err) != "internal" || !startup.On() {
		t.Errorf("what failed is told as %v", err)
	}
}

// The computer is held awake while its owner wishes so and others are here,
// and the wish outlives the program.
func TestAwakeWhileOthersAreConnected(t *testing.T) {
	hold := &fakeAwake{changes: make(chan bool, 10)}
	o := app.Options{Data: t.TempDir(), Awake: hold, AwakeEvery: 5 * time.Millisecond}
	h, a, b := two(t, o)
	live(t, a) // the owner alone is no other
	s := live(t, b)
	var got program
	if err := a.Do("PATCH", "/api/program", m{"awake": true}, &got); err != nil || got.Awake == nil || !*got.Awake {
		t.Errorf("the state is %+v, %v", got, err)
	}
	if !<-hold.changes {
		t.Error("let go before it was held")
	}
	s.Close()
	if <-hold.changes {
		t.Error("held twice")
	}
	if err := h.Stop(); err != nil {
		t.Fatal(err)
	}
	o.JoinCode = "TESTCODE"
	h = apptest.Start(t, o)
	live(t, join(t, h, "Carol"))
	if !<-hold.changes {
		t.Error("the wish did not outlive the program")
	}
	h.Stop()
	if <-hold.changes {
		t.Error("the end of the program does not let go")
	}
}

func TestQuit(t *testing.T) {
	h, a, b := two(t, app.Options{})
	live(t, b)
	if err := b.Do("POST", "/api/program/quit", nil, nil); code(err) != "forbidden" {
		t.Errorf("a member: %v", err)
	}
	if err := a.Do("POST", "/api/program/quit", nil, nil); err != nil {
		t.Errorf("the owner: %v", err)
	}
	if err := h.Ended(); err != nil {
		t.Errorf("it ended with %v", err)
	}
}
