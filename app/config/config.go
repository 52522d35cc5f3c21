package config

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"duologue/app"
	"duologue/app/access"
	"duologue/app/desktop"
	"duologue/app/listen"
)

const (
	defaultRate = 20
	maxRecall   = 24 * time.Hour
	maxTitle    = 60
)

// help is what the program says about itself.
const help = `Duologue: talk two by two with people on the same network.

Start it and a page opens in your browser. Others open the address that the
page shows, on any computer or phone of the same network. Ctrl+C ends it.

  duologue [flags]

  -data DIR        keep everything in this folder (default: %s;
                   a folder duologue-data beside the program wins)
  -addr HOST:PORT  listen here only (default: every address of this computer,
                   port 7272 or the next free one up to 7281; port 0: any)
  -no-browser      do not open a page
  -no-tray         show no icon beside the clock
  -no-discovery    neither tell the network of this host nor look for others
  -join-code CODE  let people join with this code
  -rate N          messages a second that one person may send on average
                   (default: %d; 0: no limit, for load tests)
  -title TEXT      what the page calls this place (default: %s)
  -max-file SIZE   take files up to this size, as 500M or 4G (default: what
                   the disk holds)
  -quota SIZE      what the files of one person may take (default: %s;
                   0: no limit)
  -recall TIME     how long a message can be taken back, as 90s, 5m or 2h
                   (default: 5m; at most 24h)
  -version         print the version and end
  -h               print this and end

Each flag can also stand in the environment: DUOLOGUE_DATA, DUOLOGUE_ADDR,
DUOLOGUE_NO_BROWSER=1, DUOLOGUE_NO_TRAY=1, DUOLOGUE_NO_DISCOVERY=1,
DUOLOGUE_JOIN_CODE, DUOLOGUE_RATE, DUOLOGUE_TITLE, DUOLOGUE_MAX_FILE,
DUOLOGUE_QUOTA, DUOLOGUE_RECALL. A flag wins over the environment.

Examples:

  duologue                                   start, and open the page
  duologue -no-browser -addr :8080           on a computer without a screen
  duologue -data ./test -addr 127.0.0.1:0    a second one, to try things out
  duologue -title "The Smiths"               with a name of its own
`

// Config is what flags and environment ask for.
type Config struct {
	Data        string
	Addr        string // empty: every address, the usual ports
	NoBrowser   bool
	NoTray      bool
	NoDiscovery bool // neither announce this host nor look for others
	JoinCode    string
	Rate        float64 // messages a second for one person; 0: no limit
	Title       string
	MaxFile     int64 // bytes; 0: no limit but the disk's
	Quota       int64 // bytes of one person's files; 0: no limit
	Recall      time.Duration
	Version     bool // print the version and end
}

// Parse reads the arguments after the program's name, and through
// getenv the environment. It asks nothing else but the default folder. The
// error is flag.ErrHelp when help is asked for, else one sentence.
func Parse(args []string, getenv func(string) string, goos string) (Config, error) {
	c := Config{}
	f := flag.NewFlagSet("duologue", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	f.StringVar(&c.Data, "data", "", "")
	f.StringVar(&c.Addr, "addr", "", "")
	f.BoolVar(&c.NoBrowser, "no-browser", false, "")
	f.BoolVar(&c.NoTray, "no-tray", false, "")
	f.BoolVar(&c.NoDiscovery, "no-discovery", false, "")
	f.StringVar(&c.JoinCode, "join-code", "", "")
	f.Float64Var(&c.Rate, "rate", defaultRate, "")
	f.StringVar(&c.Title, "title", app.DefaultTitle, "")
	c.Quota = app.DefaultQuota
	f.Var((*fileSize)(&c.MaxFile), "max-file", "")
	f.Var((*fileSize)(&c.Quota), "quota", "")
	f.DurationVar(&c.Recall, "recall", app.DefaultRecall, "")
	f.BoolVar(&c.Version, "version", false, "")

	for _, name := range []string{"data", "addr", "no-browser", "no-tray", "no-discovery", "join-code", "rate", "title", "max-file", "quota", "recall"} {
		variable := "DUOLOGUE_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		if value := getenv(variable); value != "" {
			if err := f.Set(name, value); err != nil {
				return Config{}, fmt.Errorf("%s=%q is not a value for -%s", variable, value, name)
			}
		}
	}
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return Config{}, flag.ErrHelp
		}
		return Config{}, fmt.Errorf("%w (duologue -h lists the flags)", err)
	}
	if f.NArg() > 0 {
		return Config{}, fmt.Errorf("%q is not a flag (duologue -h lists them)", f.Arg(0))
	}
	if err := c.check(); err != nil {
		return Config{}, err
	}
	if c.Data == "" {
		c.Data = desktop.DataFolder(goos)
	}
	if c.Data == "" && !c.Version {
		return Config{}, errors.New("there is no home folder, as HOME is not set: say with -data where the data is to be kept")
	}
	return c, nil
}

func (c *Config) check() error {
	if math.IsNaN(c.Rate) || c.Rate < 0 || c.Rate > 1e6 {
		return errors.New("-rate takes a number from 0 (no limit) to 1000000")
	}
	if c.Recall < time.Second || c.Recall > maxRecall {
		return errors.New("-recall takes a time from 1s to 24h")
	}
	if c.Addr != "" {
		if _, _, err := listen.SplitAddr(c.Addr); err != nil {
			return err
		}
	}
	// The code stands in the fragment of an address and is typed by hand.
	if strings.Trim(c.JoinCode, access.CodeLetters) != "" || len(c.JoinCode) > 64 {
		return errors.New("-join-code takes up to 64 letters, digits, _ and -")
	}
	if c.Title = strings.TrimSpace(c.Title); c.Title == "" {
		c.Title = app.DefaultTitle
	}
	if !utf8.ValidString(c.Title) || utf8.RuneCountInString(c.Title) > maxTitle {
		return fmt.Errorf("-title takes up to %d characters", maxTitle)
	}
	return nil
}

// Options are those of a host that is asked for by c.
func (c Config) Options() app.Options {
	o := app.Options{Data: c.Data, Addr: c.Addr, JoinCode: c.JoinCode, Title: c.Title, Rate: c.Rate, MaxFile: c.MaxFile, Quota: c.Quota, Recall: c.Recall, NoBrowser: c.NoBrowser,
		NoDiscovery: c.NoDiscovery, Startup: desktop.Startup(c.startupArgs(desktop.DataFolder(runtime.GOOS))), Awake: &desktop.SystemWakeLock{}}
	if !c.NoTray {
		o.Tray = desktop.ShowTray
	}
	return o
}

// startupArgs are the arguments to start with the computer as the program was
// started now, but without a page. The join code is the store's by then.
func (c Config) startupArgs(usual string) []string {
	args := []string{"-no-browser"}
	if c.Data != usual {
		if data, err := filepath.Abs(c.Data); err == nil {
			args = append(args, "-data", data)
		}
	}
	if c.Addr != "" {
		args = append(args, "-addr", c.Addr)
	}
	if c.NoTray {
		args = append(args, "-no-tray")
	}
	if c.NoDiscovery {
		args = append(args, "-no-discovery")
	}
	if c.Rate != defaultRate {
		args = append(args, "-rate", strconv.FormatFloat(c.Rate, 'f', -1, 64))
	}
	if c.Title != app.DefaultTitle {
		args = append(args, "-title", c.Title)
	}
	if c.MaxFile != 0 {
		args = append(args, "-max-file", (*fileSize)(&c.MaxFile).String())
	}
	if c.Quota != app.DefaultQuota {
		args = append(args, "-quota", (*fileSize)(&c.Quota).String())
	}
	if c.Recall != app.DefaultRecall {
		args = append(args, "-recall", c.Recall.String())
	}
	return args
}

// Help is what the program says about itself, with the defaults of this computer.
func Help(goos string) string {
	return fmt.Sprintf(help, cmp.Or(desktop.DataFolder(goos), "none, as HOME is not set"), defaultRate, app.DefaultTitle, (*fileSize)(new(int64(app.DefaultQuota))))
}
