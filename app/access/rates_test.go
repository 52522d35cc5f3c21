package access

import (
	"errors"
	"testing"
	"time"

	"duologue/app/wire"
)

// Each person has a burst of five seconds, and then the rate.
func TestRates(t *testing.T) {
	now := time.Now()
	l := NewRates(2, func() time.Time { return now })
	for i := range 10 {
		if err := l.Take(1); err != nil {
			t.Fatal(i, err)
		}
	}
	limited, ok := errors.AsType[*wire.RateError](l.Take(1))
	if !ok || limited.Wait <= 0 || limited.Wait > 500*time.Millisecond {
		t.Fatalf("the eleventh: %v", limited)
	}
	if err := l.Take(2); err != nil {
		t.Errorf("another person: %v", err)
	}
	now = now.Add(limited.Wait)
	if err := l.Take(1); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	if l.Take(1) == nil {
		t.Error("the wait gave more than one")
	}
	none := NewRates(0, func() time.Time { return now })
	for range 10_000 {
		if none.Take(1) != nil {
			t.Fatal("there is a limit where there is none")
		}
	}
}
