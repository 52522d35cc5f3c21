package db

import (
	"encoding/json"
	"strings"

	"pgregory.net/rapid"

	"duologue/db/history"
)

// secrets are the texts that were said, and of these what was taken back.
type secrets struct {
	texts int
	spoke map[saidAt][]string
	gone  []string
}

type saidAt struct {
	pair Pair
	seq  uint64
}

const secretLen = len("secret00000.")

func (x *secrets) said(pair Pair, seq uint64, text string) {
	if x.spoke == nil {
		x.spoke = map[saidAt][]string{}
	}
	at := saidAt{pair, seq}
	x.spoke[at] = append(x.spoke[at], text[:secretLen])
}

func (x *secrets) tookBack(pair Pair, seq uint64) {
	x.gone = append(x.gone, x.spoke[saidAt{pair, seq}]...)
}

// keepSilent looks for what was taken back in all that the store gives out.
func (x *machine) keepSilent(t *rapid.T) {
	var out strings.Builder
	enc := json.NewEncoder(&out)
	put := func(v any, err error) {
		same(t, "reading", nil, err)
		enc.Encode(v)
	}
	for owner := range x.m.people {
		put(x.s.Snapshot(owner))
		put(x.s.Events(owner, 0, 1_000_000))
		for who := range x.m.people {
			page, _, err := x.s.History(owner, who, history.Range{Limit: history.MaxPage})
			put(page, err)
		}
		hits, _, err := x.s.Search(x.t.Context(), owner, "secret", 0, "", 10_000)
		put(hits, err)
	}
	for _, secret := range x.gone {
		if i := strings.Index(out.String(), secret); i >= 0 {
			t.Fatalf("%q was taken back and is still given out: …%s", secret, out.String()[max(0, i-300):i+20])
		}
	}
}
