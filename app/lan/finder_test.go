package lan

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// testDiscovery notes every discovery that begins, and finds one host.
type testDiscovery struct {
	mu    sync.Mutex
	begun []string
	fail  bool
}

func (d *testDiscovery) discover(ctx context.Context, me *Service, found func([]Host)) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.begun = append(d.begun, fmt.Sprintf("announce %v look %v", me != nil, found != nil))
	if d.fail {
		return errors.New("no multicast here")
	}
	if found != nil {
		found([]Host{{Service: Service{Instance: "abcdefghij", Port: 7272}, Addr: netip.MustParseAddr("192.168.1.7")}})
	}
	d.mu.Unlock()
	<-ctx.Done()
	d.mu.Lock()
	return nil
}

// since gives what began since it was asked last.
func (d *testDiscovery) since() []string {
	synctest.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	begun := d.begun
	d.begun = nil
	return begun
}

func (d *testDiscovery) want(t *testing.T, when string, begun ...string) {
	t.Helper()
	if got := d.since(); !slices.Equal(got, begun) {
		t.Errorf("%s began %q, want %q", when, got, begun)
	}
}

const (
	announcing = "announce true look false"
	both       = "announce true look true"
)

// The network is asked while somebody wants to know, and not for longer; what
// was found before the network changed is not told.
func TestFinderLooksWhileSomebodyWantsToKnow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &testDiscovery{}
		f := NewFinder(d.discover)
		go f.Run(t.Context(), func() (Service, bool) { return Service{Instance: "zyxwvutsrq", Port: 7272}, true })
		d.want(t, "at the start", announcing)
		if hosts := f.Hosts(); len(hosts) != 0 {
			t.Errorf("found before anybody asked: %+v", hosts)
		}
		d.want(t, "when somebody asks", both)
		if hosts := f.Hosts(); len(hosts) != 1 {
			t.Errorf("found: %+v", hosts)
		}
		f.Restart()
		d.want(t, "in another network", both)
		time.Sleep(lookFor + 2*time.Second)
		d.want(t, "when nobody asks any more", announcing)
		if hosts := f.Hosts(); len(hosts) != 0 {
			t.Errorf("what was found long ago is told: %+v", hosts)
		}
	})
}

// Where the network takes no multicast it is tried again, now and then.
func TestFinderTriesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &testDiscovery{fail: true}
		go NewFinder(d.discover).Run(t.Context(), func() (Service, bool) { return Service{Instance: "zyxwvutsrq", Port: 7272}, true })
		time.Sleep(3*retryAfter + time.Second)
		if n := len(d.since()); n != 4 {
			t.Errorf("tried %d times", n)
		}
	})
}

func TestFinderThatIsSwitchedOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := NewFinder(nil)
		ctx, cancel := context.WithCancel(t.Context())
		ended := false
		go func() {
			f.Run(ctx, func() (Service, bool) { return Service{Instance: "zyxwvutsrq", Port: 7272}, true })
			ended = true
		}()
		if hosts := f.Hosts(); len(hosts) != 0 {
			t.Errorf("found: %+v", hosts)
		}
		cancel()
		synctest.Wait()
		if !ended {
			t.Error("it does not end")
		}
	})
}
