package lan

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// insideEnv tells this binary that it runs in a network of its own.
const insideEnv = "DUOLOGUE_TEST_INSIDE"

// inside runs the calling test in a network namespace made for it, where
// nothing it says is heard by anybody else; true when that has happened
// already.
func inside(t *testing.T, setup ...string) bool {
	t.Helper()
	if os.Getenv(insideEnv) == t.Name() {
		return true
	}
	if _, err := exec.LookPath("ip"); err != nil || os.Getuid() != 0 {
		t.Skip("skipped: this needs root and the program ip, to make a network of its own")
	}
	name := fmt.Sprintf("dl-%d-lan", os.Getpid())
	run := func(args ...string) {
		t.Helper()
		if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
			t.Fatalf("ip %v: %v %s", args, err, out)
		}
	}
	run("netns", "add", name)
	t.Cleanup(func() { run("netns", "del", name) })
	run("-n", name, "link", "set", "lo", "up")
	for _, line := range setup {
		run(append([]string{"-n", name}, strings.Fields(line)...)...)
	}
	again := exec.Command("ip", "netns", "exec", name, os.Args[0], "-test.run", "^"+t.Name()+"$", "-test.v")
	again.Env = append(os.Environ(), insideEnv+"="+t.Name())
	out, err := again.CombinedOutput()
	t.Logf("inside:\n%s", out)
	if err != nil {
		t.Error(err)
	}
	return false
}

// Announcing and looking end with their context and leave nothing running.
func TestDiscoverEndsCleanly(t *testing.T) {
	if !inside(t, "link add eth0 type veth peer name eth1", "addr add 10.77.1.1/24 dev eth0", "link set eth0 up",
		"addr add 10.77.1.2/24 dev eth1", "link set eth1 up") {
		return
	}
	before := goleak.IgnoreCurrent()
	for range 3 {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		me := Service{Instance: "abcdefghij", Owner: "Alice", Port: 7272}
		go func() { ended <- Discover(ctx, &me, func([]Host) {}) }()
		other := me
		other.Instance = "another000"
		go func() { ended <- Discover(ctx, &other, nil) }()
		time.AfterFunc(100*time.Millisecond, cancel)
		for range 2 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	}
	goleak.VerifyNone(t, before)
}

// Without an interface that takes multicast it fails, and says so.
func TestDiscoverWithoutMulticast(t *testing.T) {
	if !inside(t, "link add eth0 type veth peer name eth1", "link set eth0 multicast off", "addr add 10.77.1.1/24 dev eth0", "link set eth0 up") {
		return
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := Discover(ctx, &Service{Instance: "abcdefghij", Port: 7272}, nil); !errors.Is(err, errNowhere) {
		t.Errorf("it ended with %v", err)
	}
}
