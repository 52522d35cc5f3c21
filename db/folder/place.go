package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
)

// ErrElsewhere tells that a path leads to another folder than it did, or to none.
var ErrElsewhere = errors.New("the path leads elsewhere")

// Place holds on to folders whose paths may lead elsewhere some day: they are
// moved, another one is put there, a disk is pulled out. Whoever works by path
// asks it first. Each folder is held open, so that no other one can look like
// it; on some systems it cannot be moved then either.
type Place struct {
	mu    sync.Mutex
	paths []string
	open  []*os.File
}

// Hold adds folders as they are now.
func (p *Place) Hold(paths ...string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		p.paths, p.open = append(p.paths, path), append(p.open, f)
	}
	return nil
}

// Check gives nil while each path leads to the folder that is held, an
// ErrElsewhere when one does not, and another error when that cannot be told.
func (p *Place) Check() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, path := range p.paths {
		held, err := p.open[i].Stat()
		if err != nil {
			return err
		}
		now, err := os.Stat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist), err == nil && !os.SameFile(held, now):
			return fmt.Errorf("%w: %s", ErrElsewhere, path)
		case err != nil:
			return err
		}
	}
	return nil
}

// Close lets go of the folders; Check gives nil then.
func (p *Place) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range p.open {
		f.Close()
	}
	p.paths, p.open = nil, nil
}
