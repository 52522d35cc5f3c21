package db

import (
	"context"

	"duologue/db/commit"
	"duologue/db/record"
)

// committerState belongs to the committer's goroutine: the counters, and the
// chats and pairs that were used last, so that a busy conversation costs no
// reading. It is derived from the store and may be dropped between batches.
type committerState struct {
	lastChat uint64
	heads    map[ID]uint64
	gots     map[ID]uint64
	pairs    map[Pair]uint64
	chats    map[chatKey]*cachedChat
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

// mayWrite says why nothing may be written now, see commit.Store.
func (s *Store) mayWrite() (refuse error, freeing bool) {
	if err := s.space.Usable(); err != nil {
		return err, false
	}
	if s.space.Check() {
		return nil, false
	}
	return Errorf(StorageFull, "the host's disk is nearly full"), !s.space.Critical()
}

// bound forgets the caches when they have become large.
func (c *committerState) bound() {
	if len(c.chats) > maxCached || len(c.pairs) > maxCached {
		c.reset()
	}
}

// forCommitter is the store as its committer sees it.
type forCommitter struct{ s *Store }

func (f forCommitter) MayWrite() (refuse error, freeing bool) { return f.s.mayWrite() }
func (f forCommitter) Begin(t *commit.Transaction) *batch     { return f.s.begin(t) }
func (f forCommitter) Finish(b *batch)                        { b.finish() }
func (f forCommitter) Committed(b *batch)                     { b.publish() }

func (f forCommitter) GivenUp() {
	f.s.com.reset()
	f.s.files.Reset()
}

// do makes a change and waits until it is on disk. When ctx ends first the
// change may still be made.
func (s *Store) do(ctx context.Context, bytes int, f func(*batch) error) error {
	return s.committer.Do(ctx, &commit.Func[*batch]{Change: f, Bytes: bytes, Refuse: (*batch).refusal})
}

// doFreeing is do for what gives more space back than it takes, now or once it
// is purged: also on a disk that is nearly full.
func (s *Store) doFreeing(ctx context.Context, bytes int, f func(*batch) error) error {
	return s.committer.Do(ctx, &commit.Func[*batch]{Change: f, Bytes: bytes, Refuse: (*batch).refusalOfFreeing})
}

// doUnsaved is do for what may wait unsaved while nothing can be written.
func (s *Store) doUnsaved(ctx context.Context, f func(*batch) error) error {
	return s.committer.Do(ctx, &commit.Func[*batch]{Change: f, Bytes: 1024, Refuse: (*batch).refusalOfUnsaved})
}
