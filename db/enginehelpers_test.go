package db

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"duologue/db/kv"
)

// engineEnv names the engine that the tests' stores are on, badger or memory;
// without it the tests run on the one and then on the other.
const engineEnv = "DUOLOGUE_STORE_ENGINE"

// onEachEngine runs the tests once for each engine; what measures, fuzzes or
// lists them is for Badger alone.
type onEachEngine struct{ m *testing.M }

func (r onEachEngine) Run() int {
	code := r.m.Run()
	for _, other := range []string{"test.bench", "test.fuzz", "test.list", "test.cpuprofile", "test.memprofile"} {
		if f := flag.Lookup(other); f != nil && f.Value.String() != "" {
			return code
		}
	}
	if code == 0 && os.Getenv(engineEnv) == "" {
		os.Setenv(engineEnv, "memory")
		if code = r.m.Run(); code != 0 {
			fmt.Println("this was on the engine in memory: " + engineEnv + "=memory")
		}
	}
	return code
}

func inMemory() bool { return os.Getenv(engineEnv) == "memory" }

// needsDisk skips a test of what an engine does with files.
func needsDisk(t testing.TB) {
	t.Helper()
	if inMemory() {
		t.Skip("the engine in memory has no files")
	}
}

// testEngine is an engine whose commits are counted, and can be made to fail
// or to wait.
type testEngine struct {
	kv.Engine
	commits, changes atomic.Int64 // that succeeded
	hook             atomic.Pointer[commitHook]
}

// commitHook commits, or does what a test wants instead.
type commitHook func(changes []kv.Change, commit func([]kv.Change) error) error

func engineOf(s *Store) *testEngine { return s.engine.(*testEngine) }

func (e *testEngine) onCommit(f commitHook) { e.hook.Store(&f) }

func (e *testEngine) Commit(changes []kv.Change) error {
	commit := e.Engine.Commit
	if f := e.hook.Load(); f != nil {
		commit = func(changes []kv.Change) error { return (*f)(changes, e.Engine.Commit) }
	}
	err := commit(changes)
	if err == nil {
		e.commits.Add(1)
		e.changes.Add(int64(len(changes)))
	}
	return err
}

func (e *testEngine) Preallocate() {
	if b, ok := e.Engine.(*kv.Badger); ok {
		b.Preallocate()
	}
}

// commits is how many transactions were made.
func commits(s *Store) int64 { return engineOf(s).commits.Load() }

// commitRaw changes what is stored behind the store's back, while nothing else
// does.
func commitRaw(t testing.TB, s *Store, changes ...kv.Change) {
	t.Helper()
	check(t, s.settleDown())
	check(t, s.engine.Commit(changes))
}

// memories are the engines in memory by the folder of their store, as the
// files would lie there.
var memories struct {
	sync.Mutex
	in map[string]*kv.Memory
}

func openTestEngine(o *Options, makeRoom func(int64) bool) (kv.Engine, error) {
	if !inMemory() {
		e, err := openBadger(o, makeRoom)
		return &testEngine{Engine: e}, err
	}
	return &testEngine{Engine: openMemory(o.Dir, o.Dir)}, nil
}

// openMemory opens in a folder what lies in another, or the same.
func openMemory(to, from string) *kv.Memory {
	memories.Lock()
	defer memories.Unlock()
	if memories.in == nil {
		memories.in = map[string]*kv.Memory{}
	}
	m := kv.OpenMemory(memories.in[from])
	memories.in[to] = m
	return m
}

// crashed tells whether a store had no clean end.
func crashed(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "open"))
	return err == nil
}
