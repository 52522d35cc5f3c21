package kv

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A backup makes another engine, of whatever kind, hold the same.
func TestBackupAndLoad(t *testing.T) {
	onEach(t, func(t *testing.T, open func(testing.TB) Engine, _ func(testing.TB, Engine) Engine) {
		e, back := open(t), open(t)
		rapid.Check(t, func(rt *rapid.T) {
			empty(rt, e)
			empty(rt, back)
			there := OpenMemory(nil)
			for range rapid.IntRange(0, 4).Draw(rt, "commits") {
				check(rt, e.Commit(batches.Draw(rt, "changes")))
			}
			want := all(rt, e)
			for _, way := range []struct{ from, to Engine }{{e, there}, {there, back}} {
				var out bytes.Buffer
				check(rt, Backup(t.Context(), way.from, &out))
				check(rt, Load(t.Context(), way.to, &out))
				if have := all(rt, way.to); !slices.Equal(have, want) {
					rt.Fatalf("loaded %q, want %q", have, want)
				}
			}
		})
	})
}

// A backup is of one moment, whatever is committed while it is written.
func TestBackupIsOfOneMoment(t *testing.T) {
	onEach(t, func(t *testing.T, open func(testing.TB) Engine, _ func(testing.TB, Engine) Engine) {
		e, there := open(t), OpenMemory(nil)
		large := string(make([]byte, 100_000))
		check(t, e.Commit([]Change{set("a", large), set("b", large), set("c", "old")}))
		want := all(t, e)
		var out bytes.Buffer
		once := false
		check(t, Backup(t.Context(), e, writerFunc(func(p []byte) (int, error) {
			if !once {
				once = true
				check(t, e.Commit([]Change{del("b"), set("c", "new"), set("d", "new")}))
			}
			return out.Write(p)
		})))
		check(t, Load(t.Context(), there, &out))
		if have := all(t, there); !slices.Equal(have, want) {
			t.Errorf("loaded %.100q", have)
		}
	})
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// What holds something is not mixed with a backup.
func TestLoadIntoWhatIsNotEmpty(t *testing.T) {
	e := OpenMemory(nil)
	check(t, e.Commit([]Change{set("a", "1")}))
	var out bytes.Buffer
	check(t, Backup(t.Context(), e, &out))
	if err := Load(t.Context(), e, &out); err == nil {
		t.Error("it was loaded")
	}
}

// More than one batch holds is loaded in parts.
func TestLoadInParts(t *testing.T) {
	e, there := OpenMemory(nil), OpenMemory(nil)
	value := make([]byte, MaxBatch/3)
	for _, key := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		check(t, e.Commit([]Change{{Key: []byte(key), Value: value}}))
	}
	var out bytes.Buffer
	check(t, Backup(t.Context(), e, &out))
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
	check(t, Backup(t.Context(), e, &out))
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
