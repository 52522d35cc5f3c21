package desktop

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// testWakeLock notes whether it is held. It is used by one goroutine at a time.
type testWakeLock struct {
	held bool
	fail error
}

func (l *testWakeLock) Offered() bool { return true }

func (l *testWakeLock) Hold(on bool) error {
	if l.fail != nil && on {
		return l.fail
	}
	l.held = on
	return nil
}

func TestAwakeFollowsTheSwitchAndWhoIsConnected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var others atomic.Int64
		lock, dir := &testWakeLock{}, t.TempDir()
		k := NewKeepAwake(KeepAwakeOptions{Log: slog.New(slog.DiscardHandler), Lock: lock, Dir: dir, Every: time.Second,
			Others: func() int { return int(others.Load()) }})
		if on := k.On(); on == nil || *on {
			t.Error("it is on before anybody switched it")
		}
		ctx, cancel := context.WithCancel(t.Context())
		go k.Run(ctx)
		check := func(when string, want bool) {
			t.Helper()
			synctest.Wait()
			if lock.held != want {
				t.Errorf("%s it is held: %v", when, lock.held)
			}
		}
		others.Store(1)
		time.Sleep(2 * time.Second)
		check("switched off,", false)
		if err := k.Set(true); err != nil {
			t.Fatal(err)
		}
		check("once it is switched on,", true)
		if !*k.On() || !ReadHostSettings(dir).Awake {
			t.Error("the switch is not kept")
		}
		others.Store(0)
		time.Sleep(2 * time.Second)
		check("with nobody connected,", false)
		others.Store(1)
		time.Sleep(2 * time.Second)
		check("with somebody connected,", true)
		cancel()
		check("at the end,", false)
	})
}

// A computer that cannot be kept awake is told of once, not every few seconds.
func TestAwakeThatFailsIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log strings.Builder
		dir := t.TempDir()
		if err := (HostSettings{Awake: true}).Write(dir); err != nil {
			t.Fatal(err)
		}
		k := NewKeepAwake(KeepAwakeOptions{Log: slog.New(slog.NewTextHandler(&log, nil)), Lock: &testWakeLock{fail: errors.New("detail")},
			Dir: dir, Every: time.Second, Others: func() int { return 1 }})
		ctx, cancel := context.WithCancel(t.Context())
		go k.Run(ctx)
		time.Sleep(10 * time.Second)
		cancel()
		synctest.Wait()
		if n := strings.Count(log.String(), "\n"); n != 1 {
			t.Errorf("%d lines: %s", n, log.String())
		}
	})
}

func TestAwakeThatIsNotOffered(t *testing.T) {
	k := NewKeepAwake(KeepAwakeOptions{Dir: t.TempDir()})
	if k.On() != nil {
		t.Error("it is offered")
	}
	k.Run(t.Context()) // ends at once
}
