package app

import (
	"net/netip"
	"os"
	"path/filepath"

	"github.com/go-json-experiment/json"

	"duologue/app/desktop"
)

// memory is what is known of the network from before. It is a file of its own
// beside the store, because it belongs to this computer and not to the
// history: a copy of the store on another computer must not bring it along,
// and it has to be kept while a full disk makes the store read-only.
type memory struct {
	Reached []netip.Addr `json:"reached"` // our addresses by which devices came in, the latest first
	Arrived int64        `json:"arrived"` // when the last one did; 0: none ever did
	By      netip.Addr   `json:"by,omitzero"`
	Device  string       `json:"device,omitzero"`
	Chosen  *chosen      `json:"chosen,omitzero"`
}

// chosen is another host that the person at this computer went to.
type chosen struct {
	Instance string `json:"instance"`
	Owner    string `json:"owner"`
	Title    string `json:"title"`
	URL      string `json:"url"`
}

const (
	memoryName = "duologue.network"
	maxReached = 16
)

func memoryFile(dir string) string { return filepath.Join(dir, memoryName) }

// known are the addresses that a device has come in by.
func (m memory) known() []netip.Addr { return m.Reached }

// load reads what save wrote. A file that cannot be read is as good as none:
// everything in it is learnt again.
func (n *network) load() (m memory) {
	data, err := os.ReadFile(n.file)
	if err != nil || len(data) > 1<<14 || json.Unmarshal(data, &m) != nil {
		return memory{}
	}
	m.Reached = m.Reached[:min(len(m.Reached), maxReached)]
	return m
}

// save writes what has changed since it was last written.
func (n *network) save() {
	n.saving.Lock() // what is newer comes later
	defer n.saving.Unlock()
	n.mu.Lock()
	unsaved := n.unsaved
	n.unsaved = false
	n.mu.Unlock()
	if !unsaved {
		return
	}
	data, err := json.Marshal(n.remembered())
	if err == nil {
		err = desktop.WriteFileAtomic(n.file, data)
	}
	if err != nil {
		n.mu.Lock()
		n.unsaved = true
		n.mu.Unlock()
	}
	if err != nil && !n.failing { // run tries again and again
		n.log.Info("the network is not remembered", "err", err)
	}
	n.failing = err != nil
}
