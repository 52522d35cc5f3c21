package app

import (
	"cmp"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"duologue/app/access"
	"duologue/app/desktop"
	"duologue/app/lan"
	"duologue/app/listen"
	"duologue/app/live"
	"duologue/db"
)

// What a host is like when nothing else is asked for.
const (
	DefaultTitle  = "Duologue"
	DefaultRecall = 5 * time.Minute
	// DefaultQuota lets a person hand over a few films, and leaves the others
	// their part of an ordinary disk.
	DefaultQuota = 50 << 30
)

// Options say what a host is like. Data and UI have to be set; a zero value
// elsewhere means the default, unless it says otherwise.
type Options struct {
	Data      string // the folder, made when missing
	Addr      string // HOST:PORT; empty: every address and the usual ports
	JoinCode  string // empty: the store's own
	Title     string
	Version   string
	Rate      float64       // messages a second for one person; 0: no limit
	MaxFile   int64         // bytes of one file; 0: no limit but the disk's
	Quota     int64         // bytes of all files of one person; 0: no limit
	Recall    time.Duration // for how long a message can be taken back; 0: 5 minutes
	NoBrowser bool
	UI        fs.FS // the page: index.html and what it needs

	Log         *slog.Logger
	Stdout      io.Writer // gets the ready line
	Now         func() time.Time
	OpenBrowser func(url string) error
	PersonName  func() string      // the person at this computer, for the first page
	Computer    string             // its name
	Startup     desktop.Switch     // starts the program with the computer; nil: not offered
	Awake       desktop.WakeLock   // keeps the computer awake; nil: not offered
	Tray        TrayMaker          // puts an icon beside the clock; nil: none
	AwakeEvery  time.Duration      // between two looks at who is connected, for Awake: 5 s
	Network     func() lan.Network // what it is connected to
	Discover    lan.DiscoverFunc   // announces this host and looks for others
	NoDiscovery bool               // do neither

	Sockets  live.Times
	Store    db.Options    // knobs of the store; Dir, Now, Log and the hooks are set here
	HashCost HashCost      // of a password
	MaxConns int           // connections at once; the default keeps descriptors for the store
	Grace    time.Duration // for the end: 4 s, below the 5 that people wait; closing the store comes on top, see db.Options.CloseTime
	Patience time.Duration // to find another instance that has the folder: 5 s
}

// TrayMaker puts an icon beside the clock, or says why there is none.
type TrayMaker func(*slog.Logger, desktop.Actions) (desktop.Tray, error)

// HashCost is what hashing a password takes.
type HashCost = access.HashCost

func (o *Options) setDefaults() {
	o.Recall = cmp.Or(o.Recall, DefaultRecall)
	o.Title = cmp.Or(o.Title, DefaultTitle)
	o.Version = cmp.Or(o.Version, "dev")
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Stdout == nil {
		o.Stdout = io.Discard
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.OpenBrowser == nil {
		o.OpenBrowser = desktop.Open
	}
	if o.PersonName == nil {
		o.PersonName = desktop.PersonName
	}
	if o.Network == nil {
		o.Network = lan.Read
	}
	if o.Discover == nil {
		o.Discover = lan.Discover
	}
	if o.Computer == "" {
		o.Computer, _ = os.Hostname() // without it there are still the addresses
	}
	o.HashCost = cmp.Or(o.HashCost, HashCost{Memory: 19 << 10, Time: 2}) // OWASP's choice
	if o.MaxConns == 0 {
		n := listen.Descriptors()
		o.MaxConns = min(n-min(n/4, 512), 20_000)
	}
	o.AwakeEvery = cmp.Or(o.AwakeEvery, 5*time.Second)
	o.Grace = cmp.Or(o.Grace, 4*time.Second)
	o.Patience = cmp.Or(o.Patience, 5*time.Second)
}
