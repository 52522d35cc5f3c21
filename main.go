// Duologue is the program itself; app is its host, config its flags, ui its page.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"

	"duologue/app"
	"duologue/app/config"
	"duologue/app/desktop"
	"duologue/ui"
)

// version is set by the linker in a release.
var version = "dev"

func main() {
	os.Exit(run(os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}

// run is the program; it gives the exit status: 0 for a clean end or when an
// instance runs already, 1 when it cannot work, 2 for a wrong flag.
func run(args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	c, err := config.Parse(args, getenv, runtime.GOOS)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, config.Help(runtime.GOOS))
		return 0
	case err != nil:
		desktop.Complain(stderr, err.Error())
		return 2
	case c.Version:
		fmt.Fprintln(stdout, "duologue", version)
		return 0
	}
	log := desktop.OpenLog(c.Data, stderr)
	ctx, written := desktop.NotifyShutdown(context.Background())
	defer written()
	o := c.Options()
	o.Version, o.UI, o.Stdout, o.Log = version, ui.Page(), stdout, slog.New(slog.NewTextHandler(log, nil))
	a, err := app.New(o)
	if running, ok := errors.AsType[*desktop.RunningError](err); ok {
		fmt.Fprintln(stdout, running.Error())
		return 0
	}
	if err == nil {
		err = a.Run(ctx)
	}
	if err != nil {
		desktop.Complain(log, desktop.Sentence(err))
		return 1
	}
	return 0
}
