// Package roster has everybody who ever joined in memory, because every request
// needs to know somebody, and finds them by id and by name. It is told of
// changes once they are on disk; what may change, and who is told of it, is the
// store's.
package roster

import (
	"cmp"
	"slices"
	"sync"

	"duologue/db/kv"
	"duologue/db/model"
	"duologue/db/names"
	"duologue/db/record"
)

// Roster is a list of people. Its zero value is empty; its methods may be called
// from any goroutine.
type Roster struct {
	mu     sync.RWMutex
	byID   map[model.ID]model.Person
	byName map[string]model.ID // folded; removed people free their name
}

// Load reads everybody out of a view of the store.
func (r *Roster) Load(view kv.View) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.byID, r.byName = nil, nil
	return record.Scan(view, []byte{record.PrefixPerson}, func(key, val []byte) error {
		var p record.Person
		if err := record.Decode(val, &p); err != nil {
			return err
		}
		r.put(p.Model(record.LastID(key)))
		return nil
	})
}

// put takes in a person, new or changed, under the mutex.
func (r *Roster) put(p model.Person) {
	if r.byID == nil {
		r.byID, r.byName = map[model.ID]model.Person{}, map[string]model.ID{}
	}
	if old, ok := r.byID[p.ID]; ok && !old.Removed {
		delete(r.byName, names.Fold(old.Name))
	}
	r.byID[p.ID] = p
	if !p.Removed {
		r.byName[names.Fold(p.Name)] = p.ID
	}
}

// Update takes in people who joined or changed.
func (r *Roster) Update(changed []model.Person) {
	if len(changed) == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range changed {
		r.put(p)
	}
}

// Get finds a person by id, also a removed one.
func (r *Roster) Get(id model.ID) (model.Person, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	p, ok := r.byID[id]
	return p, ok
}

// Named finds a member by a name that counts as the same.
func (r *Roster) Named(name string) (model.Person, bool) {
	fold := names.Fold(name) // it takes a while for a long one, and everybody waits for the mutex
	r.mu.RLock()
	defer r.mu.RUnlock()
	id, ok := r.byName[fold]
	return r.byID[id], ok
}

// IDs lists everybody who ever joined, in order.
func (r *Roster) IDs() []model.ID {
	r.mu.RLock()
	defer r.mu.RUnlock()
	out := make([]model.ID, 0, len(r.byID))
	for id := range r.byID {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// Members lists those who were not removed, by id.
func (r *Roster) Members() []model.Person {
	r.mu.RLock()
	defer r.mu.RUnlock()
	out := make([]model.Person, 0, len(r.byName))
	for _, id := range r.byName {
		out = append(out, r.byID[id])
	}
	slices.SortFunc(out, func(a, b model.Person) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// Count tells how many members there are.
func (r *Roster) Count() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.byName)
}
