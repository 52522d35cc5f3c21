package db

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"time"

	"duologue/db/errs"
	"duologue/db/files"
)

// fileNews is what a process that hands files over says of itself: of what is
// acknowledged, and before what it is about to take away.
type fileNews struct {
	Upload string            `json:",omitempty"` // this one is at Offset
	Owner  ID                `json:",omitempty"`
	Offset int64             `json:",omitempty"`
	Ended  string            `json:",omitempty"` // … is finished, given up, or about to be
	Seq    uint64            `json:",omitempty"` // this message was sent …
	Files  map[string]string `json:",omitempty"` // … with these, by their sums
	Leaves uint64            `json:",omitempty"` // … may be gone from now on
	Gone   uint64            `json:",omitempty"` // … is
	Full   bool              `json:",omitempty"`
	Bad    string            `json:",omitempty"`
}

// handOver is a process in which two people hand files to each other and take
// them away again, until it is killed or its input ends.
func handOver(ctx context.Context, s *Store) int {
	if !s.HasOwner() {
		token, _ := s.MakeStartToken(ctx, time.Hour)
		s.SetUp(ctx, token, "P1", "")
		s.Join(ctx, s.JoinCode(), "P2", "", "")
	}
	ctx, cancel := context.WithCancel(ctx)
	out := json.NewEncoder(os.Stdout)
	var mu sync.Mutex
	say := func(n fileNews) {
		mu.Lock()
		defer mu.Unlock()
		out.Encode(n)
	}
	var hands sync.WaitGroup
	for me := range ID(2) {
		hands.Go(func() {
			h := &hand{s: s, me: me + 1, say: say, sums: map[string]string{}}
			for ctx.Err() == nil {
				h.step(context.WithoutCancel(ctx))
			}
		})
	}
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
	}
	cancel()
	hands.Wait()
	if err := s.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 4
	}
	return 0
}

// hand is one of the two.
type hand struct {
	s    *Store
	me   ID
	say  func(fileNews)
	sums map[string]string // of my files that were sent
	seqs []uint64          // my messages
}

func (h *hand) step(ctx context.Context) {
	var err error
	switch n := rand.IntN(10); {
	case n < 5:
		err = h.bring(ctx)
	case n < 6 && len(h.sums) > 0: // again, without uploading
		for id, sum := range h.sums {
			err = h.send(ctx, map[string]string{id: sum})
			break
		}
	case n < 9 && len(h.seqs) > 3:
		err = h.take(ctx)
	}
	switch CodeOf(err) {
	case "", NotFound, Gone, Conflict: // the other one took something away meanwhile
	case StorageFull:
		h.say(fileNews{Full: true})
		time.Sleep(time.Millisecond)
	default:
		h.say(fileNews{Bad: err.Error()})
	}
}

// bring uploads a file in parts and sends it.
func (h *hand) bring(ctx context.Context) error {
	data := make([]byte, rand.IntN(200_000))
	if rand.IntN(4) == 0 {
		data = []byte("the same as always")
	} else {
		for i := 0; i < len(data); i += 100 {
			data[i] = byte(rand.Uint32())
		}
	}
	u, err := h.s.CreateUpload(ctx, h.me, files.Upload{Name: "f", Size: int64(len(data))})
	if err != nil {
		return err
	}
	for at := 0; at < len(data); {
		n := min(len(data)-at, 1+rand.IntN(90_000))
		now, err := h.s.Append(ctx, h.me, u.ID, int64(at), data[at:at+n])
		if err != nil {
			return err
		}
		h.say(fileNews{Upload: u.ID, Owner: h.me, Offset: now})
		at = int(now)
	}
	h.say(fileNews{Ended: u.ID})
	if rand.IntN(8) == 0 {
		return h.s.DropUpload(ctx, h.me, u.ID)
	}
	made := files.Made{Type: "a/b"}
	if rand.IntN(2) == 0 {
		made.Thumb = []byte(fmt.Sprint("thumbnail ", len(data)))
	}
	if rand.IntN(3) == 0 {
		data = append([]byte("clean: "), data...)
		made.Clean = func(w io.Writer) error { _, err := io.Copy(w, bytes.NewReader(data)); return err }
	}
	if _, err = h.s.Finish(ctx, h.me, u.ID, func(*os.File, files.Upload) (files.Made, error) { return made, nil }); err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	return h.send(ctx, map[string]string{u.ID: hex.EncodeToString(sum[:])})
}

func (h *hand) send(ctx context.Context, files map[string]string) error {
	m := Send{From: h.me, To: 3 - h.me, CID: newCID()}
	for id := range files {
		m.Files = append(m.Files, id)
	}
	ack, err := h.s.SendNow(ctx, m)
	if err != nil {
		for id := range files {
			delete(h.sums, id)
		}
		return err
	}
	h.say(fileNews{Seq: ack.Seq, Files: files})
	for id, sum := range files {
		h.sums[id] = sum
	}
	h.seqs = append(h.seqs, ack.Seq)
	return nil
}

// take takes one of my messages from both sides, or all from mine.
func (h *hand) take(ctx context.Context) error {
	i := rand.IntN(len(h.seqs))
	seq := h.seqs[i]
	h.seqs = slices.Delete(h.seqs, i, i+1)
	h.say(fileNews{Leaves: seq})
	if rand.IntN(3) == 0 {
		return errs.First(h.s.Remove(ctx, h.me, 3-h.me, seq), h.s.Remove(ctx, 3-h.me, h.me, seq))
	}
	_, err := h.s.Recall(ctx, h.me, 3-h.me, seq)
	if err == nil {
		h.say(fileNews{Gone: seq})
	}
	return err
}
