package app

import (
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/gofiber/fiber/v2"

	"duologue/app/access"
	"duologue/app/desktop"
	"duologue/app/lan"
	"duologue/app/listen"
)

// wireReach says whether others can come in, as far as a host can know that of
// itself: it sees who came, never who was kept out.
type wireReach struct {
	State     lan.Reach     `json:"state"`  // reached, waiting, offline, closed
	System    string        `json:"system"` // windows, darwin, linux, …
	Port      int           `json:"port"`
	Addresses []wireAddress `json:"addresses"`
	Arrived   int64         `json:"arrived"` // when a device came in last; 0: none ever did
	By        string        `json:"by,omitzero"`
	Device    string        `json:"device,omitzero"`
	Causes    []string      `json:"causes"` // what may keep others out, the likeliest first
}

type wireAddress struct {
	URL       string `json:"url"`
	Interface string `json:"interface"`
	Kind      string `json:"kind"` // real, unknown, vpn, virtual, link
	Reached   bool   `json:"reached"`
}

// networkName is the file in the data folder that has what is known of the
// network.
const networkName = "duologue.network"

// newMonitor follows the addresses of this computer. The state is in a file of
// its own; one that cannot be read is as good as none.
func newMonitor(o Options) *lan.Monitor {
	file := filepath.Join(o.Data, networkName)
	saved, _ := os.ReadFile(file)
	return lan.NewMonitor(lan.MonitorOptions{Read: o.Network, Now: o.Now, Log: o.Log, Saved: saved,
		Save: func(data []byte) error { return desktop.WriteFileAtomic(file, data) }})
}

// getReach answers the owner's question why a phone cannot connect.
func (a *App) getReach(q *call) error {
	m := a.network.State()
	w := wireReach{System: runtime.GOOS, Port: a.bound.Port, Arrived: m.Arrived, Device: m.Device,
		Addresses: []wireAddress{}, Causes: []string{}}
	if m.By.IsValid() {
		w.By = m.By.String()
	}
	ranked := a.listening()
	for _, l := range ranked {
		w.Addresses = append(w.Addresses, wireAddress{listen.BaseURL(l.Addr.String(), a.bound.Port) + "/", l.Interface, l.Kind.String(), l.Known})
	}
	w.State = lan.ReachOf(a.bound.LocalOnly(), ranked)
	w.Causes = append(w.Causes, w.State.Causes(w.System, ranked)...)
	return reply(q.Ctx, http.StatusOK, w)
}

// listening are the addresses of this computer that are listened on.
func (a *App) listening() []lan.Address {
	ranked := a.network.Addresses()
	if a.bound.Everywhere() {
		return ranked
	}
	return slices.DeleteFunc(ranked, func(l lan.Address) bool { return l.Addr.String() != a.bound.Host })
}

// noteArrival notes that a request came from another device.
func (a *App) noteArrival(c *fiber.Ctx) {
	remote := listen.AddrOf(c.Context().RemoteAddr())
	if !remote.IsValid() || remote.IsLoopback() {
		return
	}
	a.network.Arrived(remote, listen.AddrOf(c.Context().LocalAddr()), func() string { return access.DeviceName(c.Get(fiber.HeaderUserAgent)) })
}
