package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"duologue/app/access"
	"duologue/app/assets"
	"duologue/app/desktop"
	"duologue/app/lan"
	"duologue/app/listen"
	"duologue/app/live"
	"duologue/db"
)

const (
	// One address may hold that many connections, and only loopback more: a
	// household behind one router still fits.
	maxConnsPerAddr = 512
	acceptPause     = 100 * time.Millisecond

	bodyLimit = 1 << 20
	// Of whoever is not signed in: room for any sign-in. The server holds memory
	// for what was announced, arrived or not.
	strangerBodyLimit = 16 << 10
	// All headers of a request have to fit. Every open socket keeps a buffer
	// of this size; see aside for a browser that sends more.
	headerLimit  = 4 << 10
	readTimeout  = 20 * time.Second
	writeTimeout = 30 * time.Second
	idleTimeout  = 60 * time.Second
)

// App is a host: New takes its folder and its port, Run serves, Close ends.
type App struct {
	o   Options
	log *slog.Logger

	lock     *desktop.Lock
	store    *db.Store
	hub      *live.Hub
	bound    listen.Bound
	listener *listen.Listener
	server   *fiber.App

	hosts     access.Hosts
	network   *lan.Monitor
	finder    *lan.Finder
	page      *assets.Page
	passwords *access.Passwords
	guesses   *access.Guesses
	searches  access.Turns
	verifier  *access.Verifier
	sends     *access.Rates // messages
	edits     *access.Rates // changes of messages
	requests  *listen.InFlight
	files     files
	token     string
	key       string // lets a second start in
	began     time.Time
	awake     *desktop.KeepAwake
	unread    *desktop.UnreadCounter

	life     context.Context // ends with the host
	endLife  context.CancelFunc
	serving  sync.WaitGroup // what Run and New started
	quitting chan struct{}  // closed when the owner ends the program
	quit     func()         // closes it
	closing  sync.Once
	closed   error
}

// New takes the folder, opens the store and binds the port, so that what can
// go wrong goes wrong here; nothing is served before Run. When another
// instance has the folder, its page is opened and the error is a
// *desktop.RunningError. After an error there is nothing to close.
func New(o Options) (_ *App, err error) {
	o.setDefaults()
	a := &App{o: o, log: o.Log, requests: listen.NewInFlight(), guesses: access.NewGuesses(o.Now), passwords: access.NewPasswords(o.HashCost),
		sends: access.NewRates(o.Rate, o.Now), edits: access.NewRates(o.Rate, o.Now)}
	a.life, a.endLife = context.WithCancel(context.Background())
	a.files, a.verifier = newFiles(a.life, a.log), access.NewVerifier(a.passwords, a.guesses)
	a.quitting = make(chan struct{})
	a.quit = sync.OnceFunc(func() { close(a.quitting) })
	defer func() {
		if err != nil {
			a.Close()
		}
	}()
	if a.page, err = assets.Read(o.UI); err != nil {
		return nil, err
	}
	if a.lock, err = desktop.LockFolder(o.Data, o.Patience); err != nil {
		if running, ok := errors.AsType[*desktop.RunningError](err); ok {
			a.openBrowser(desktop.PageOfRunning(o.Data, running.URL))
		}
		return nil, err
	}
	a.hub, a.unread = a.newHub(), desktop.NewUnreadCounter(a.log, a.ownersUnread)
	if err := a.openStore(); err != nil {
		return nil, err
	}
	if a.bound, err = listen.Bind(o.Addr); err != nil {
		return nil, err
	}
	a.hosts = access.NewHosts(o.Computer, a.bound.Host)
	a.network, a.finder = newMonitor(o), lan.NewFinder(o.discover())
	a.listener = listen.New(a.bound.Listeners, a.listenerOptions())
	a.server = a.newServer()
	a.awake = desktop.NewKeepAwake(desktop.KeepAwakeOptions{Log: o.Log, Lock: o.Awake, Dir: o.Data, Every: o.AwakeEvery,
		Others: func() int { return a.hub.Others(1) }})
	a.began = o.Now()
	a.publish()
	return a, nil
}

func (a *App) newHub() *live.Hub {
	return live.New(live.Options{Log: a.log, Now: a.o.Now, UI: a.page.Hash, Rate: a.o.Rate, Allow: a.sends.Take, Times: a.o.Sockets})
}

func (a *App) openStore() (err error) {
	o := a.o.Store
	o.Dir, o.Now, o.Log = a.o.Data, a.o.Now, a.log
	o.MaxFile, o.Quota, o.RecallWindow = a.o.MaxFile, a.o.Quota, a.o.Recall
	o.Committed, o.Looking = a.committed, a.hub.Looking
	if a.store, err = db.Open(a.life, o); err != nil {
		return err
	}
	a.hub.Attach(a.store)
	if a.o.JoinCode != "" {
		// A store that cannot be written now still serves.
		if err := a.store.SetJoinCode(a.life, a.o.JoinCode); err != nil {
			a.log.Warn("the join code cannot be set", "err", err)
		}
	}
	a.token, err = a.store.MakeStartToken(a.life, tokenLife)
	return err
}

// committed passes on what a transaction changed.
func (a *App) committed(c db.Committed) {
	a.hub.Committed(c)
	if len(c.Events[1]) > 0 {
		a.unread.Changed()
	}
}

func (a *App) listenerOptions() listen.Options {
	o := listen.Options{Log: a.log, Max: a.o.MaxConns, PerAddr: maxConnsPerAddr, Pause: acceptPause}
	if a.o.Rate == 0 {
		o.PerAddr = 0
	}
	return o
}

func (a *App) newServer() *fiber.App {
	f := fiber.New(fiber.Config{
		DisableStartupMessage: true,
		StrictRouting:         true,
		CaseSensitive:         true,
		Immutable:             true, // strings outlive their request in maps, the store and goroutines
		ReduceMemoryUsage:     true,
		BodyLimit:             bodyLimit,
		ReadBufferSize:        headerLimit,
		ReadTimeout:           readTimeout,
		WriteTimeout:          writeTimeout,
		IdleTimeout:           idleTimeout,
		ErrorHandler:          a.fail,

		DisablePreParseMultipartForm: true,
	})
	f.Server().HeaderReceived = a.limitBody
	f.Server().KeepHijackedConns = true // or a socket's buffers would go to the next client
	f.Server().Handler = a.knownMethod(f.Server().Handler)
	a.mount(f)
	return f
}

// Run serves until ctx ends, the owner quits or the host is closed, and then closes it.
func (a *App) Run(ctx context.Context) error {
	served := make(chan error, 1)
	a.serving.Go(func() { a.hub.Run(a.life) })
	a.serving.Go(func() { a.awake.Run(a.life) })
	a.serving.Go(func() { a.showTray(a.life) })
	a.serving.Go(func() { a.network.Run(a.life, a.finder.Restart) })
	a.serving.Go(func() { desktop.WatchSleep(a.life, a.woke) })
	a.serving.Go(func() { a.finder.Run(a.life, a.service) })
	a.serving.Go(func() { served <- a.server.Listener(a.listener) })

	address := a.URL() + "#token=" + a.token
	fmt.Fprintf(a.o.Stdout, "duologue ready %s\n", address)
	a.log.Info("ready", "addr", a.listener.Addr().String(), "version", a.o.Version)
	go a.openBrowser(address)
	defer a.log.Info("closed")
	select {
	case <-ctx.Done():
		return a.Close()
	case <-a.quitting:
		return a.Close()
	case err := <-served: // nil after a Close from elsewhere
		return errors.Join(err, a.Close())
	}
}

// woke is called after the computer slept: connections may be dead that still
// look open, and those who knew of this host have forgotten it.
func (a *App) woke(slept time.Duration) {
	a.log.Info("the computer slept", "seconds", int(slept.Seconds()))
	a.hub.PingAll()
	a.finder.Restart()
}

// openBrowser shows the page to the person at this computer, unless told not
// to. Where that does not work the address stands in the ready line.
func (a *App) openBrowser(url string) {
	if !a.o.NoBrowser {
		a.showBrowser(url)
	}
}

// showBrowser is for a person who asked for it.
func (a *App) showBrowser(url string) {
	if err := a.o.OpenBrowser(url); err != nil {
		a.log.Info("no browser was opened", "err", err)
	}
}

// Close ends the host: nobody comes in any more, sockets are told to come
// back later, running calls end, the store closes, the folder is free. It may
// be called twice. It takes at most ten seconds, whatever the disk does: up to
// the store a second more than Options.Grace, and then what the store may take
// to finish what is queued, write what is in memory and merge its youngest
// tables. A store that does not get that far is left as a crash would leave it.
func (a *App) Close() error {
	a.closing.Do(func() { a.closed = a.close() })
	return a.closed
}

func (a *App) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), a.o.Grace)
	defer cancel()
	var errs []error
	if a.listener != nil {
		errs = append(errs, a.listener.Close())
	} else {
		for _, l := range a.bound.Listeners {
			errs = append(errs, l.Close())
		}
	}
	if a.hub != nil {
		a.hub.Close()
	}
	if err := a.requests.Close(ctx); err != nil {
		a.log.Warn("calls were still running at the end")
	}
	a.endLife()
	if a.server != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
		_ = a.server.ShutdownWithContext(ctx) // what it leaves is closed next
		cancel()
		a.listener.CloseConns()
	}
	ended := make(chan struct{})
	go func() { a.serving.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-ctx.Done(): // a desktop that does not answer must not keep the store open
		a.log.Warn("parts of the program were still running at the end")
	}
	if a.store != nil {
		errs = append(errs, a.store.Close())
	}
	if a.lock != nil {
		errs = append(errs, a.lock.Release())
	}
	return errors.Join(errs...)
}

// URL is the address of the page for a browser on this computer.
func (a *App) URL() string { return a.bound.URL() + "/" }

// Token is what the ready line carries: it makes the owner, or signs the
// owner in, once.
func (a *App) Token() string { return a.token }
