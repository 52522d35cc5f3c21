package record

import (
	"encoding/hex"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"duologue/db/model"
)

// What stands in the stores of people is read as it was meant, and written the
// same way still. A line that changes here needs a new version, and a reader
// for the old one.
func TestStoredBytes(t *testing.T) {
	chat := Chat{1, 2, 3, 4, 5, 6, 7, 8, 9, true, true, true, true}
	line := FileLine{ID: "i", Name: "n", Size: 5, Type: "t/x", Width: 6, Height: 7, Flags: FlagThumb | FlagPicture | FlagGone}
	stored(t, "01a60163416e6e0201030204f505f5066168", Person{"Ann", 1, 2, true, true, "h"})
	stored(t, "01a301614402010302", Session{"D", 1, 2})
	stored(t, "01a10109", Link{Expires: 9}) // of a host that did not note who made it, or made for somebody else
	stored(t, "01a20109026173", Link{9, "s"})
	stored(t, "0185020304054173", CID{Who: 2, Seq: 3, Ev: 4, Date: 5, Sum: []byte("s")})
	stored(t, "01ad0101020203030404050506060707080809090af50bf50cf50df5", chat)
	stored(t, "018284020203870102030405070784060200f6", []LogEntry{{Kind: LogReceived, Who: 2, Seq: 3, Chat: chat.Line()}, {Kind: LogChatDeleted, Who: 2}})
	stored(t, "01ad01616902616e03050463742f780506060707070841680941750a080b090cf50d0a",
		File{FileLine: line, Hash: []byte("h"), Thumb: []byte("u"), Uses: 8, Made: 9, Mine: true, Sent: 10})
	stored(t, "01a301010202038103", Blob{1, 2, []model.ID{3}})
	stored(t, "01a701616e0261740305040405417306f50706", Upload{Name: "n", Type: "t", Size: 5, Offset: 4, State: []byte("s"), Picture: true, Touched: 6})
}

func TestStoredBytesOfAMessage(t *testing.T) {
	const bytes = "010000000000000007ab016163020103616e040505617806a301010202036171070608f50981a701616902616e03050463742f780506060707070a61640b6173"
	m := &model.Message{Seq: 3, CID: "c", User: 1, Name: "n", Date: 5, Content: "x", Reply: &model.Quote{Seq: 1, User: 2, Content: "q"},
		Edited: 6, Recalled: true, Device: "d", Session: "s",
		Files: []model.File{{ID: "i", Name: "n", Size: 5, Type: "t/x", Width: 6, Height: 7, Thumb: true, Picture: true, Gone: true}}}
	if have := hex.EncodeToString(CopyValue(7, EncodeMessage(m))); have != bytes {
		t.Errorf("written as %s", have)
	}
	value, err := hex.DecodeString(bytes)
	if err != nil {
		t.Fatal(err)
	}
	have, ev, err := DecodeCopy(3, value)
	if err != nil || ev != 7 {
		t.Fatal(ev, err)
	}
	if d := gocmp.Diff(m, have); d != "" {
		t.Error(d)
	}
}

func stored[T any](t *testing.T, bytes string, want T) {
	t.Helper()
	if have := hex.EncodeToString(Encode(&want)); have != bytes {
		t.Errorf("%T is written as %s", want, have)
	}
	value, err := hex.DecodeString(bytes)
	if err != nil {
		t.Fatal(err)
	}
	var have T
	if err := Decode(value, &have); err != nil {
		t.Fatalf("%T: %v", want, err)
	}
	if d := gocmp.Diff(want, have, gocmp.AllowUnexported(CID{}, LogEntry{}, ChatLine{})); d != "" {
		t.Error(d)
	}
}
