package kv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// same compares every way to read with the model.
func same(t *rapid.T, v View, m model) {
	prefix, from := prefixes.Draw(t, "prefix"), []byte(nil)
	if rapid.Bool().Draw(t, "from") {
		from = keys.Draw(t, "from")
	}
	reverse := rapid.Bool().Draw(t, "reverse")
	if have, want := list(t, v, prefix, from, reverse), m.list(prefix, from, reverse); !slices.Equal(have, want) {
		t.Fatalf("scan of %q from %q, reverse %v: %q, want %q", prefix, from, reverse, have, want)
	}
	key := keys.Draw(t, "key")
	value, found, err := v.Get(key)
	if want, there := m[string(key)]; err != nil || found != there || string(value) != want {
		t.Fatalf("%q is %q %v %v, want %q %v", key, value, found, err, want, there)
	}
}

// An engine holds what was committed, also when it was closed in between.
func TestEngineAgainstModel(t *testing.T) {
	onEach(t, func(t *testing.T, open func(testing.TB) Engine, reopen func(testing.TB, Engine) Engine) {
		e := open(t)
		rapid.Check(t, func(rt *rapid.T) {
			empty(rt, e)
			m := model{}
			rt.Repeat(map[string]func(*rapid.T){
				"commit": func(rt *rapid.T) {
					changes := batches.Draw(rt, "changes")
					check(rt, e.Commit(changes))
					m.commit(changes)
				},
				"read": func(rt *rapid.T) { view(rt, e, func(v View) error { same(rt, v, m); return nil }) },
				"reopen": func(rt *rapid.T) {
					if rapid.IntRange(0, 99).Draw(rt, "seldom") == 50 { // it takes long
						e = reopen(t, e)
					}
				},
			})
		})
	})
}

// A view shows one moment, whatever is committed meanwhile.
func TestViewIsASnapshot(t *testing.T) {
	onEach(t, func(t *testing.T, open func(testing.TB) Engine, _ func(testing.TB, Engine) Engine) {
		e := open(t)
		rapid.Check(t, func(rt *rapid.T) {
			empty(rt, e)
			m := model{}
			first := batches.Draw(rt, "first")
			check(rt, e.Commit(first))
			m.commit(first)
			then := maps.Clone(m)
			view(rt, e, func(v View) error {
				for range 3 {
					changes := batches.Draw(rt, "changes")
					check(rt, e.Commit(changes))
					m.commit(changes)
					same(rt, v, then)
				}
				return nil
			})
			view(rt, e, func(v View) error { same(rt, v, m); return nil })
		})
	})
}

// What is larger than a batch may be is refused, and nothing of it is there.
func TestRefusedBatch(t *testing.T) {
	many := make([]Change, MaxChanges+1)
	for i := range many {
		many[i] = set(fmt.Sprintf("%08d", i), "")
	}
	onEach(t, func(t *testing.T, open func(testing.TB) Engine, _ func(testing.TB, Engine) Engine) {
		e := open(t)
		check(t, e.Commit([]Change{set("a", "1")}))
		for name, changes := range map[string][]Change{
			"bytes":    {set("a", "2"), {Key: []byte("b"), Value: make([]byte, MaxBatch/2)}, {Key: []byte("c"), Value: make([]byte, MaxBatch/2)}},
			"changes":  many,
			"no key":   {set("a", "2"), set("", "x")},
			"long key": {set("a", "2"), {Key: make([]byte, MaxKey+1)}},
		} {
			if err := e.Commit(changes); !errors.Is(err, ErrRefused) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if have := all(t, e); !slices.Equal(have, []string{"a=1"}) {
			t.Errorf("stored: %.200q", have)
		}
		check(t, e.Commit(many[:MaxChanges]))
		check(t, e.Commit([]Change{{Key: bytes.Repeat([]byte{0xFF}, MaxKey), Value: make([]byte, 1000)}}))
		view(t, e, func(v View) error {
			check(t, v.Scan(nil, nil, true, func(key, _ []byte) (bool, error) {
				if len(key) != MaxKey {
					t.Errorf("the last key is %q", key)
				}
				return false, nil
			}))
			return nil
		})
		size, err := e.Size()
		if err != nil || size < 1000 {
			t.Errorf("it takes %d bytes, %v", size, err)
		}
	})
}

// A scan ends with its function's wish or error, and with the context's end.
func TestScanEnds(t *testing.T) {
	onEach(t, func(t *testing.T, open func(testing.TB) Engine, _ func(testing.TB, Engine) Engine) {
		e := open(t)
		var changes []Change
		for i := range 1000 {
			changes = append(changes, set(fmt.Sprintf("k%03d", i), ""))
		}
		check(t, e.Commit(changes))
		ctx, cancel := context.WithCancel(t.Context())
		n, mine := 0, errors.New("mine")
		err := e.View(ctx, func(v View) error {
			check(t, v.Scan(nil, nil, false, func(_, _ []byte) (bool, error) { n++; return n < 10, nil }))
			if err := v.Scan(nil, nil, false, func(_, _ []byte) (bool, error) { n++; return true, mine }); err != mine {
				t.Error(err)
			}
			if n != 11 {
				t.Errorf("%d keys were passed", n)
			}
			return v.Scan(nil, nil, false, func(_, _ []byte) (bool, error) { n++; cancel(); return true, nil })
		})
		if !errors.Is(err, context.Canceled) || n > 11+2*askEvery {
			t.Errorf("%d keys were passed: %v", n, err)
		}
	})
}

// Close waits for those who read; afterwards nobody reads or writes.
func TestCloseWaits(t *testing.T) {
	onEach(t, func(t *testing.T, open func(testing.TB) Engine, _ func(testing.TB, Engine) Engine) {
		e := open(t)
		check(t, e.Commit([]Change{set("a", "1")}))
		inside, goOn := make(chan struct{}), make(chan struct{})
		var reading, closing sync.WaitGroup
		read := false
		reading.Go(func() {
			view(t, e, func(v View) error {
				close(inside)
				<-goOn
				_, read, _ = v.Get([]byte("a"))
				return nil
			})
		})
		<-inside
		closing.Go(func() {
			check(t, e.Close())
			if !read {
				t.Error("closed before the view ended")
			}
		})
		close(goOn)
		reading.Wait()
		closing.Wait()
		check(t, e.Close())
		err := e.View(t.Context(), func(View) error { t.Error("read"); return nil })
		if !errors.Is(err, ErrClosed) || !errors.Is(e.Commit([]Change{set("b", "")}), ErrClosed) {
			t.Error("not closed: ", err)
		}
		err = Backup(t.Context(), e, new(bytes.Buffer))
		if !errors.Is(err, ErrClosed) {
			t.Error("backed up: ", err)
		}
	})
}
