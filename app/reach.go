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
	"duologue/app/wire"
)

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
	w := wire.Reach{System: runtime.GOOS, Port: a.bound.Port, Arrived: m.Arrived, Device: m.Device,
		Addresses: []wire.Address{}, Causes: []string{}}
	if m.By.IsValid() {
		w.By = m.By.String()
	}
	ranked := a.listening()
	for _, l := range ranked {
		w.Addresses = append(w.Addresses, wire.Address{URL: listen.BaseURL(l.Addr.String(), a.bound.Port) + "/", Interface: l.Interface,
			Kind: l.Kind.String(), Reached: l.Known})
	}
	state := lan.ReachOf(a.bound.LocalOnly(), ranked)
	w.State, w.Causes = string(state), append(w.Causes, state.Causes(w.System, ranked)...)
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
