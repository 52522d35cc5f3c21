package kv

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// An overlay reads as if its changes were made, leaves what it stands on as it
// is, and what it has to commit makes it so.
func TestOverlayAgainstModel(t *testing.T) {
	var o Overlay // as in the store: one for all batches
	rapid.Check(t, func(rt *rapid.T) {
		e, stored := OpenMemory(nil), model{}
		for range 2 {
			m := maps.Clone(stored)
			view(rt, e, func(base View) error {
				o.Begin(base)
				rt.Repeat(map[string]func(*rapid.T){
					"change": func(rt *rapid.T) {
						for _, c := range batches.Draw(rt, "changes") {
							if c.Delete {
								o.Delete(c.Key)
							} else {
								o.Set(c.Key, c.Value)
							}
							m.commit([]Change{c})
						}
					},
					"read":  func(rt *rapid.T) { same(rt, &o, m) },
					"below": func(rt *rapid.T) { same(rt, o.Base(), stored) },
				})
				return nil
			})
			check(rt, e.Commit(o.Changes()))
			if have, want := all(rt, e), m.list(nil, nil, false); !slices.Equal(have, want) {
				rt.Fatalf("committed %q, want %q", have, want)
			}
			stored = m
		}
	})
}

// A scan of an overlay ends when its function says so, wherever the key was.
func TestOverlayScanEnds(t *testing.T) {
	e := OpenMemory(nil)
	check(t, e.Commit([]Change{set("b", ""), set("d", ""), set("f", "")}))
	view(t, e, func(base View) error {
		var o Overlay
		o.Begin(base)
		for _, key := range []string{"a", "c", "d", "g", "h"} {
			o.Set([]byte(key), nil)
		}
		o.Delete([]byte("f"))
		for most := 1; most <= 6; most++ {
			n := 0
			check(t, o.Scan(nil, nil, false, func(_, _ []byte) (bool, error) { n++; return n < most, nil }))
			if n != most {
				t.Errorf("%d keys, not %d", n, most)
			}
		}
		return nil
	})
}

func BenchmarkOverlay(b *testing.B) {
	e := OpenMemory(nil)
	view(b, e, func(base View) error {
		var o Overlay
		b.ReportAllocs()
		for b.Loop() {
			o.Begin(base)
			for i := range byte(200) {
				o.Set([]byte{'k', i, i}, nil)
				o.Get([]byte{'k', i, 0})
			}
			o.Scan([]byte{'k', 7}, nil, false, func(_, _ []byte) (bool, error) { return true, nil })
		}
		return nil
	})
}
