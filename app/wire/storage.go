package wire

import "duologue/db"

// What files take, as the wire tells it. Sizes are bytes.
type (
	Storage struct {
		Used    int64          `json:"used"`    // by the files that my messages show
		Brought int64          `json:"brought"` // by those that I uploaded, as long as anybody has them
		Quota   int64          `json:"quota"`   // 0: no limit
		MaxFile int64          `json:"max_file"`
		Chats   []StorageChat  `json:"chats"`
		Kinds   []StorageKind  `json:"kinds"`
		Largest []StorageFile  `json:"largest"`
		Host    *StorageTotals `json:"host,omitzero"` // for the owner
	}
	StorageChat struct {
		Who   db.ID `json:"who"`
		Files int   `json:"files"`
		Size  int64 `json:"size"`
	}
	StorageKind struct {
		Kind  string `json:"kind"`
		Files int    `json:"files"`
		Size  int64  `json:"size"`
	}
	StorageFile struct {
		Who  db.ID  `json:"who"`
		Seq  uint64 `json:"seq"`
		Date int64  `json:"date"`
		File File   `json:"file"`
	}
	StorageTotals struct {
		Used   int64  `json:"used"`
		Coming int64  `json:"coming"` // what uploads on their way have yet to bring
		Free   int64  `json:"free"`   // what the disk has left for files
		Cap    int64  `json:"cap"`
		Warn   int64  `json:"warn"`
		Level  string `json:"level"` // "ok", "warn" or "full"
	}
)
