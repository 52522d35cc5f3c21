package lan

import (
	"net/netip"
	"slices"

	"github.com/go-json-experiment/json"
)

// State is what is known of the network from before. It is kept apart from the
// store, because it belongs to this computer and not to the history: a copy of
// the store on another computer must not bring it along, and it has to be kept
// while a full disk makes the store read-only.
type State struct {
	Reached []netip.Addr `json:"reached"` // our addresses by which devices came in, the latest first
	Arrived int64        `json:"arrived"` // when the last one did, in ms since 1970; 0: none ever did
	By      netip.Addr   `json:"by,omitzero"`
	Device  string       `json:"device,omitzero"`
	Chosen  *Chosen      `json:"chosen,omitzero"`
}

// Chosen is another host that the person at this computer went to.
type Chosen struct {
	Instance string `json:"instance"`
	Owner    string `json:"owner"`
	Title    string `json:"title"`
	URL      string `json:"url"`
}

const (
	maxReached = 16
	maxState   = 1 << 14 // bytes
)

// parseState reads what was saved. What cannot be read is as good as nothing:
// everything in it is learnt again.
func parseState(data []byte) (s State) {
	if len(data) > maxState || json.Unmarshal(data, &s) != nil {
		return State{}
	}
	s.Reached = s.Reached[:min(len(s.Reached), maxReached)]
	return s
}

// arrived notes that a device came in by one of our addresses, at a time in ms
// since 1970.
func (s *State) arrived(by netip.Addr, at int64, device string) {
	s.Arrived, s.By = at, by
	if device != "" {
		s.Device = device
	}
	s.Reached = slices.DeleteFunc(s.Reached, func(a netip.Addr) bool { return a == by })
	s.Reached = slices.Insert(s.Reached, 0, by)
	s.Reached = s.Reached[:min(len(s.Reached), maxReached)]
}
