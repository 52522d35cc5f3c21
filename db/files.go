package db

import (
	"github.com/dgraph-io/badger/v4"

	"duologue/db/record"
)

// maxFileType is the length of a file's type, in bytes.
const maxFileType = 127

// visibleFile finds owner's file when owner may have it now: one that is not sent
// yet, or one that a message shows which is not deleted. Else it is nil.
func visibleFile(txn *badger.Txn, owner ID, id string, floor func(who ID) (uint64, error)) (*record.File, error) {
	if !record.IsFileID(id) {
		return nil, nil
	}
	var r record.File
	if found, err := get(txn, record.FileKey(owner, id), &r); err != nil || !found {
		return nil, err
	}
	if r.Uses == 0 {
		return &r, nil
	}
	var failed error
	shown := false
	usesOf(txn, owner, id, func(p place) bool {
		f, err := floor(p.who)
		failed, shown = err, p.seq > f
		return err == nil && !shown
	})
	if failed != nil || !shown {
		return nil, failed
	}
	return &r, nil
}

// floorIn answers up to where owner's copies of a chat are deleted.
func floorIn(txn *badger.Txn, owner ID) func(ID) (uint64, error) {
	return func(who ID) (uint64, error) {
		var r record.Chat
		_, err := get(txn, record.PairKey(record.PrefixChat, owner, who), &r)
		return r.Floor, err
	}
}

// file gives owner's file to a batch, or NotFound.
func (b *batch) file(owner ID, id string) (*record.File, error) {
	r, err := visibleFile(b.txn, owner, id, func(who ID) (uint64, error) {
		c, err := b.chat(owner, who)
		if err != nil {
			return 0, err
		}
		return c.Floor, nil
	})
	if err == nil && (r == nil || len(r.Hash) == 0) {
		err = errNoFile
	}
	return r, err
}

var errNoFile = Errorf(NotFound, "files: there is no such file")
