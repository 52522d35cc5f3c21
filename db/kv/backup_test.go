package kv

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A backup and those of changes after it make another engine, of whatever
// kind, hold the same.
func TestBackupAndLoad(t *testing.T) {
	onEach(t, func(t *testing.T, open func(testing.TB) Engine, reopen func(testing.TB, Engine) Engine) {
		e, back := open(t), open(t)
		rapid.Check(t, func(rt *rapid.T) {
			empty(rt, e)
			there := OpenMemory(nil)
			since := uint64(0)
			for range rapid.IntRange(1, 4).Draw(rt, "backups") {
				for range rapid.IntRange(0, 3).Draw(rt, "commits") {
					check(rt, e.Commit(batches.Draw(rt, "changes")))
				}
				var out bytes.Buffer
				now, err := e.Backup(t.Context(), &out, since)
				check(rt, err)
				check(rt, Load(t.Context(), there, &out))
				if have, want := all(rt, there), all(rt, e); !slices.Equal(have, want) {
					rt.Fatalf("loaded %q, want %q", have, want)
				}
				since = now
			}
			var whole bytes.Buffer
			_, err := there.Backup(t.Context(), &whole, 0)
			check(rt, err)
			check(rt, back.Commit([]Change{set("zz", "not in it")}))
			check(rt, Load(t.Context(), back, &whole))
			if have, want := all(rt, back), all(rt, e); !slices.Equal(have, want) {
				rt.Fatalf("loaded %q, want %q", have, want)
			}
		})
	})
}

// A later backup holds only the values that were set since, and tells of what
// was deleted, also once the engine forgot that.
func TestBackupOfChanges(t *testing.T) {
	onEach(t, func(t *testing.T, open func(testing.TB) Engine, reopen func(testing.TB, Engine) Engine) {
		e, there := open(t), OpenMemory(nil)
		large := string(make([]byte, 100_000))
		check(t, e.Commit([]Change{set("a", "1"), set("b", large), set("c", "3")}))
		var first, second bytes.Buffer
		since, err := e.Backup(t.Context(), &first, 0)
		check(t, err)
		check(t, e.Commit([]Change{set("a", "2"), del("c")}))
		if _, badger := e.(*Badger); badger {
			e = reopen(t, e) // merges, with which the deletion is gone
		}
		_, err = e.Backup(t.Context(), &second, since)
		check(t, err)
		if second.Len() > 1000 {
			t.Errorf("%d bytes for a small change", second.Len())
		}
		if err := Load(t.Context(), OpenMemory(nil), bytes.NewReader(second.Bytes())); !errors.Is(err, ErrBackup) {
			t.Error("changes were taken for the whole: ", err)
		}
		check(t, Load(t.Context(), there, &first))
		check(t, Load(t.Context(), there, &second))
		if have := all(t, there); !slices.Equal(have, all(t, e)) {
			t.Errorf("loaded %.100q", have)
		}
	})
}

// More than one batch holds is loaded in parts.
func TestLoadInParts(t *testing.T) {
	e, there := OpenMemory(nil), OpenMemory(nil)
	value := make([]byte, MaxBatch/3)
	for _, key := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		check(t, e.Commit([]Change{{Key: []byte(key), Value: value}}))
	}
	var out bytes.Buffer
	_, err := e.Backup(t.Context(), &out, 0)
	check(t, err)
	check(t, Load(t.Context(), there, &out))
	if n := len(all(t, there)); n != 7 {
		t.Fatalf("%d values of 7", n)
	}
}

// A backup that is cut short or has one wrong byte is refused, without a panic
// and without asking for memory that it names.
func TestDamagedBackup(t *testing.T) {
	e := OpenMemory(nil)
	check(t, e.Commit([]Change{set("key 1", "value 1"), set("key 2", "value 2"), set("other", "")}))
	var out bytes.Buffer
	_, err := e.Backup(t.Context(), &out, 0)
	check(t, err)
	whole := out.Bytes()
	for n := range whole {
		if err := Load(t.Context(), OpenMemory(nil), bytes.NewReader(whole[:n])); !errors.Is(err, ErrBackup) {
			t.Errorf("cut after %d of %d bytes: %v", n, len(whole), err)
		}
		for _, flip := range []byte{0x01, 0x80, 0xFF} {
			damaged := bytes.Clone(whole)
			damaged[n] ^= flip
			if err := Load(t.Context(), OpenMemory(nil), bytes.NewReader(damaged)); !errors.Is(err, ErrBackup) {
				t.Errorf("byte %d changed by %#x: %v", n, flip, err)
			}
		}
	}
}
