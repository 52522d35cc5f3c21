package db

import (
	"context"
	"slices"

	"duologue/db/errs"
	"duologue/db/kv"
	"duologue/db/record"
)

// What one transaction may hold. Its bytes count both copies of a message
// and stay clear of the engine's own limit; its number of ops bounds how long the
// first of them waits for the last.
const (
	maxBatchOps   = 512
	maxBatchBytes = kv.MaxBatch / 2
)

// op is one change. The committer applies it in turn with others to one
// transaction, flushes, and then tells done.
type op interface {
	// apply checks first and changes afterwards: when it answers an *Error it
	// has changed nothing. It may be called again after undo.
	apply(*batch) error
	// undo takes back what apply did outside of the batch, which is given up.
	undo()
	// done is told the outcome, on the committer's goroutine; nil means that
	// the change is on disk. It must not block.
	done(error)
	// size is about the bytes that apply will write.
	size() int
}

// committerState belongs to the committer's goroutine: the counters, and the
// chats and pairs that were used last, so that a busy conversation costs no
// reading. It is derived from the store and may be dropped between batches.
type committerState struct {
	lastChat uint64
	heads    map[ID]uint64
	gots     map[ID]uint64
	pairs    map[Pair]uint64
	chats    map[chatKey]*cachedChat
	overlay  kv.Overlay // what a batch is about to write
}

type chatKey struct{ owner, who ID }

// cachedChat is a chat's record; dirty while the batch has yet to write it.
// last is its newest message where that was at hand.
type cachedChat struct {
	record.Chat
	exists bool // also deleted ones
	dirty  bool
	last   *Message
	plain  bool // known to have no draft, as nearly all that are written to
}

// maxCached bounds the committer's memory to a few megabytes.
const maxCached = 8192

func (c *committerState) reset() {
	c.heads, c.gots = map[ID]uint64{}, map[ID]uint64{}
	c.pairs, c.chats = map[Pair]uint64{}, map[chatKey]*cachedChat{}
}

func (s *Store) commitLoop() {
	defer close(s.done)
	ops := make([]op, 0, maxBatchOps)
	for first := range s.queue {
		ops = append(ops[:0], first)
		size := first.size()
	more:
		for len(ops) < maxBatchOps && size < maxBatchBytes {
			select {
			case o, open := <-s.queue:
				if !open {
					break more
				}
				ops = append(ops, o)
				size += o.size()
			default:
				break more
			}
		}
		s.commit(ops)
		clear(ops)
	}
}

// commit applies ops to one transaction, flushes it and tells everybody.
func (s *Store) commit(ops []op) {
	b := &batch{s: s, view: &s.com.overlay, now: s.opts.Now().UnixMilli(), unsaved: s.unsavedNow()}
	if s.poisoned.Load() {
		b.refuse = errPoisoned
	} else if !s.space.Check() {
		b.refuse, b.freeing = Errorf(StorageFull, "the host's disk is nearly full"), !s.space.Critical()
	}
	errs := make([]error, len(ops))
	b.err = s.view(func(view kv.View) error {
		b.view.Begin(view)
		if b.refuse == nil {
			b.saveUnsaved()
		}
		return b.apply(ops, errs)
	})
	if err := b.flush(); err != nil {
		for _, o := range slices.Backward(ops) {
			o.undo()
		}
		switch {
		case s.poisoned.Load(): // they are all refused now
			s.commit(ops)
			return
		case len(ops) > 1: // nothing was written; what one spoilt is not the others' fault
			for i := range ops {
				s.commit(ops[i : i+1])
			}
			return
		}
		errs[0], b.committed = err, Committed{}
	}
	if len(b.committed.Events) > 0 || len(b.committed.Ended) > 0 {
		s.opts.Committed(b.committed)
	}
	for i, o := range ops {
		o.done(errs[i])
	}
	if len(s.com.chats) > maxCached || len(s.com.pairs) > maxCached {
		s.com.reset()
	}
}

// apply lets each op change the batch. It gives the first error after which
// the batch cannot be used: an op may have changed half of what it should.
func (b *batch) apply(ops []op, errs []error) (broken error) {
	for i, o := range ops {
		errs[i] = o.apply(b)
		if CodeOf(errs[i]) == Internal && broken == nil {
			broken = errs[i]
		}
	}
	return broken
}

var errPoisoned = Errorf(Unavailable, "the disk failed earlier; what was stored can be read, nothing more is taken")

// submit queues o for the committer, waiting while the queue is full.
func (s *Store) submit(o op) {
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.closed {
		o.done(errClosing)
		return
	}
	s.queue <- o
}

// funcOp is an op made of a function.
type funcOp struct {
	f       func(*batch) error
	bytes   int
	unsaved bool        // also when nothing can be written: f changes only what may wait unsaved
	frees   bool        // also on a disk that is nearly full: f gives more space back than it takes
	then    func(error) // nil when nobody waits
}

func (o *funcOp) apply(b *batch) error {
	if b.refuse == nil || o.frees && b.freeing || o.unsaved && len(b.unsaved) < maxUnsaved {
		return o.f(b)
	}
	return b.refuse
}

func (o *funcOp) undo()     {}
func (o *funcOp) size() int { return o.bytes }

func (o *funcOp) done(err error) {
	if o.then != nil {
		o.then(err)
	}
}

// do makes a change and waits until it is on disk. When ctx ends first the
// change may still be made.
func (s *Store) do(ctx context.Context, bytes int, f func(*batch) error) error {
	return s.wait(ctx, &funcOp{f: f, bytes: bytes})
}

// doFreeing is do for what gives space back, now or once it is purged.
func (s *Store) doFreeing(ctx context.Context, bytes int, f func(*batch) error) error {
	return s.wait(ctx, &funcOp{f: f, bytes: bytes, frees: true})
}

// doUnsaved is do for what may wait unsaved while nothing can be written.
func (s *Store) doUnsaved(ctx context.Context, f func(*batch) error) error {
	return s.wait(ctx, &funcOp{f: f, bytes: 1024, unsaved: true})
}

func (s *Store) wait(ctx context.Context, o *funcOp) error {
	answer := make(chan error, 1)
	o.then = func(err error) { answer <- err }
	s.submit(o)
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		return errs.Wrap(Unavailable, "cancelled", ctx.Err())
	}
}
