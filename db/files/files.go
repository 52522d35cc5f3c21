package files

import (
	"duologue/db/errs"
	"duologue/db/kv"
	"duologue/db/model"
	"duologue/db/record"
)

// maxFileType is the length of a file's type, in bytes.
const maxFileType = 127

// visibleFile finds owner's file when owner may have it now: one that is not sent
// yet, or one that a message shows which is not deleted. Else it is nil.
func visibleFile(view kv.View, owner model.ID, id string, floor func(who model.ID) (uint64, error)) (*record.File, error) {
	if !record.IsFileID(id) {
		return nil, nil
	}
	var r record.File
	if found, err := record.Get(view, record.FileKey(owner, id), &r); err != nil || !found {
		return nil, err
	}
	if r.Uses == 0 {
		return &r, nil
	}
	shown := false
	err := usesOf(view, owner, id, func(p place) (bool, error) {
		f, err := floor(p.who)
		shown = p.seq > f
		return !shown, err
	})
	if err != nil || !shown {
		return nil, err
	}
	return &r, nil
}

// floorIn answers up to where owner's copies of a chat are deleted.
func floorIn(view kv.View, owner model.ID) func(model.ID) (uint64, error) {
	return func(who model.ID) (uint64, error) {
		var r record.Chat
		_, err := record.Get(view, record.PairKey(record.PrefixChat, owner, who), &r)
		return r.Floor, err
	}
}

// Find gives owner's file to a batch, or NotFound.
func (s *Files) Find(b Batch, owner model.ID, id string) (*record.File, error) {
	r, err := visibleFile(b, owner, id, func(who model.ID) (uint64, error) { return b.Floor(owner, who) })
	if err == nil && (r == nil || len(r.Hash) == 0) {
		err = errNoFile
	}
	return r, err
}

var errNoFile = errs.Errorf(errs.NotFound, "files: there is no such file")
