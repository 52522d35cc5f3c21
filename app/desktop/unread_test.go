package desktop

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// Each new number is shown once, however often something changed, and a
// failure to count keeps the last one.
func TestUnreadCounter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, asked := 0, 0
		var fail error
		var shown []int
		u := NewUnreadCounter(slog.New(slog.DiscardHandler), func() (int, error) { asked++; return n, fail })
		ctx, cancel := context.WithCancel(t.Context())
		ended := false
		go func() { u.Run(ctx, func(n int) { shown = append(shown, n) }); ended = true }()
		for _, step := range []struct {
			n    int
			fail error
			want []int
		}{
			{0, nil, nil},
			{3, nil, []int{3}},
			{3, nil, []int{3}},
			{7, errors.New("detail"), []int{3}},
			{1, nil, []int{3, 1}},
			{0, nil, []int{3, 1, 0}},
		} {
			time.Sleep(time.Second)
			synctest.Wait()
			n, fail = step.n, step.fail
			for range 100 {
				u.Changed()
			}
			synctest.Wait()
			if !slices.Equal(shown, step.want) {
				t.Errorf("%+v: it showed %v", step, shown)
			}
		}
		before := asked
		for range 1000 { // changes as fast as they come, for a second
			time.Sleep(time.Millisecond)
			u.Changed()
			synctest.Wait()
		}
		if times := asked - before; times < 3 || times > 5 {
			t.Errorf("counted %d times in a second", times)
		}
		cancel()
		synctest.Wait()
		if !ended {
			t.Error("it does not end")
		}
	})
}
