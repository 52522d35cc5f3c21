package transfer

import (
	"testing"
	"time"
)

// What nobody gave back is free when it is over.
func TestArrivalsEnd(t *testing.T) {
	for life, want := range map[time.Duration]bool{time.Hour: false, -1: true} {
		a := NewArrivals[int](life)
		for i := range MaxPersonArrivals {
			if !a.Enter(i, 1) || !a.Enter(0, 1) { // the same is not counted twice
				t.Fatal("refused ", i)
			}
		}
		const last = MaxPersonArrivals
		if got := a.Enter(last, 1); got != want || a.Leave(last) == want {
			t.Errorf("%v: %v", life, got)
		}
	}
}
