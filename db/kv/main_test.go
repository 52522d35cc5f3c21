package kv

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"slices"
	"testing"

	"go.uber.org/goleak"
	"pgregory.net/rapid"
)

func TestMain(m *testing.M) {
	flag.Set("rapid.checks", "50") // each commits a few times
	flag.Set("rapid.nofailfile", "true")
	goleak.VerifyTestMain(m, // what Badger leaves behind when it cannot open
		goleak.IgnoreTopFunction("github.com/dgraph-io/badger/v4.(*DB).monitorCache"),
		goleak.IgnoreTopFunction("github.com/dgraph-io/ristretto/v2/z.(*AllocatorPool).freeupAllocators"))
}

// onEach runs a test on every engine. open gives a new one; reopen closes one
// and opens what it left.
func onEach(t *testing.T, test func(t *testing.T, open func(testing.TB) Engine, reopen func(testing.TB, Engine) Engine)) {
	t.Run("badger", func(t *testing.T) {
		open := func(t testing.TB, dir string) Engine {
			t.Helper()
			b, err := OpenBadger(BadgerOptions{Dir: dir, NoFlush: true})
			check(t, err)
			return closed(t, b)
		}
		test(t, func(tb testing.TB) Engine { return open(tb, t.TempDir()) },
			func(tb testing.TB, e Engine) Engine { check(tb, e.Close()); return open(tb, e.(*Badger).o.Dir) })
	})
	t.Run("memory", func(t *testing.T) {
		test(t, func(tb testing.TB) Engine { return closed(tb, OpenMemory(nil)) },
			func(tb testing.TB, e Engine) Engine { check(tb, e.Close()); return closed(tb, OpenMemory(e.(*Memory))) })
	})
}

// closed closes e at the end of the test.
func closed(t testing.TB, e Engine) Engine {
	t.Cleanup(func() { check(t, e.Close()) })
	return e
}

// failer is a test, or one try of a property.
type failer interface {
	Helper()
	Fatal(...any)
}

func check(t failer, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func set(key, value string) Change { return Change{Key: []byte(key), Value: []byte(value)} }

func del(key string) Change { return Change{Key: []byte(key), Delete: true} }

// view calls f with a view and fails the test with its error.
func view(t failer, e Engine, f func(View) error) {
	t.Helper()
	check(t, e.View(context.Background(), f))
}

// list is what a scan passes, as "key=value" in its order.
func list(t failer, v View, prefix, from []byte, reverse bool) []string {
	t.Helper()
	all := []string{}
	check(t, v.Scan(prefix, from, reverse, func(key, value []byte) (bool, error) {
		all = append(all, fmt.Sprintf("%s=%s", key, value))
		return true, nil
	}))
	return all
}

// all is everything that is stored.
func all(t failer, e Engine) (have []string) {
	t.Helper()
	view(t, e, func(v View) error { have = list(t, v, nil, nil, false); return nil })
	return have
}

// empty deletes everything, for the next try.
func empty(t failer, e Engine) {
	t.Helper()
	var changes []Change
	view(t, e, func(v View) error {
		return v.Scan(nil, nil, false, func(key, _ []byte) (bool, error) {
			changes = append(changes, Change{Key: bytes.Clone(key), Delete: true})
			return true, nil
		})
	})
	check(t, e.Commit(changes))
}

// keys are few, so that they meet, and with bytes that are the ends of ranges.
var keys = rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 'a', 0xFE, 0xFF}), 1, 4)

// prefixes also match nothing, or all.
var prefixes = rapid.SliceOfN(rapid.SampledFrom([]byte{0, 'a', 0xFF}), 0, 2)

// batches are changes of a few keys.
var batches = rapid.Map(rapid.MapOfN(rapid.Map(keys, func(k []byte) string { return string(k) }), rapid.SampledFrom([]string{"", "x", "long", "-"}), 0, 8),
	func(m map[string]string) (changes []Change) {
		for key, value := range m {
			if value == "-" {
				changes = append(changes, del(key))
			} else {
				changes = append(changes, set(key, value))
			}
		}
		return changes
	})

// model is what an engine has to hold.
type model map[string]string

func (m model) commit(changes []Change) {
	for _, c := range changes {
		if c.Delete {
			delete(m, string(c.Key))
		} else {
			m[string(c.Key)] = string(c.Value)
		}
	}
}

// list is what a scan of the model passes.
func (m model) list(prefix, from []byte, reverse bool) []string {
	var keys [][]byte
	for key := range m {
		k := []byte(key)
		if bytes.HasPrefix(k, prefix) && (from == nil || reverse && bytes.Compare(k, from) <= 0 || !reverse && bytes.Compare(k, from) >= 0) {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, bytes.Compare)
	if reverse {
		slices.Reverse(keys)
	}
	out := []string{}
	for _, k := range keys {
		out = append(out, fmt.Sprintf("%s=%s", k, m[string(k)]))
	}
	return out
}
