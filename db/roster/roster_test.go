package roster

import (
	"slices"
	"testing"

	"duologue/db/model"
)

func TestPeopleAreFoundByWhatTheyAreCalledNow(t *testing.T) {
	var r Roster
	if _, ok := r.Get(1); ok || r.Count() != 0 || len(r.IDs()) != 0 {
		t.Error("somebody is in an empty roster")
	}
	r.Update([]model.Person{{ID: 2, Name: "Bob"}, {ID: 1, Name: "Alice"}, {ID: 3, Name: "Carol"}})
	r.Update([]model.Person{{ID: 2, Name: "Robert"}, {ID: 3, Name: "Carol", Removed: true}})
	for name, want := range map[string]model.ID{"ALICE": 1, "robert": 2, "Bob": 0, "Carol": 0} {
		if p, ok := r.Named(name); p.ID != want || ok != (want != 0) {
			t.Errorf("%s is %+v, %v", name, p, ok)
		}
	}
	if p, ok := r.Get(3); !ok || !p.Removed {
		t.Errorf("who was removed is %+v, %v", p, ok)
	}
	members := r.Members()
	if len(members) != 2 || members[0].ID != 1 || members[1].ID != 2 || r.Count() != 2 || !slices.Equal(r.IDs(), []model.ID{1, 2, 3}) {
		t.Errorf("members %+v, everybody %v", members, r.IDs())
	}
	r.Update([]model.Person{{ID: 4, Name: "Carol"}}) // the name was free again
	if p, _ := r.Named("carol"); p.ID != 4 {
		t.Errorf("carol is %+v", p)
	}
}
