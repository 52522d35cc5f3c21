package desktop

import (
	"testing"
	"time"
)

func TestSleepIsSeen(t *testing.T) {
	was := time.Now()
	if nap := slept(was, was.Add(time.Second)); nap != 0 {
		t.Errorf("a second awake is a nap of %v", nap)
	}
	if nap := slept(was, was.Add(time.Second).Round(0)); nap != 0 {
		t.Errorf("without a monotonic clock it is %v", nap)
	}
}
