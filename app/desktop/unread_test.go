package desktop

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Each new number is shown once, however often something changed, and a
// failure to count keeps the last one.
func TestUnreadCounter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		n, asked := 0, 0
		var fail error
		var shown []int
		u := NewUnreadCounter(slog.New(slog.DiscardHandler), func() (int, error) {
			mu.Lock()
			defer mu.Unlock()
			asked++
			return n, fail
		})
		ctx, cancel := context.WithCancel(t.Context())
		ended := false
		go func() {
			u.Run(ctx, func(n int) {
				mu.Lock()
				defer mu.Unlock()
				shown = append(shown, n)
			})
			ended = true
		}()
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
			mu.Lock()
			n, fail = step.n, step.fail
			mu.Unlock()
			for range 100 {
				u.Changed()
			}
			synctest.Wait()
			mu.Lock()
			if !slices.Equal(shown, step.want) {
				t.Errorf("%+v: it showed %v", step, shown)
			}
			mu.Unlock()
		}
		mu.Lock()
		before := asked
		mu.Unlock()
		for range 1000 { // changes as fast as they come, for a second
			time.Sleep(time.Millisecond)
			u.Changed()
			synctest.Wait()
		}
		mu.Lock()
		times := asked - before
		mu.Unlock()
		if times < 3 || times > 5 {
			t.Errorf("counted %d times in a second", times)
		}
		cancel()
		synctest.Wait()
		if !ended {
			t.Error("it does not end")
		}
	})
}
