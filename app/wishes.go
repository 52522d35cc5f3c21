package app

import (
	"os"
	"path/filepath"

	"github.com/go-json-experiment/json"

	"duologue/app/desktop"
)

const wishesName = "duologue.wishes.json"

// wishes are what the owner wants of this computer, kept beside the store:
// they are about the program, not about people.
type wishes struct {
	Awake bool `json:"awake"` // keep the computer awake while others are connected
}

// readWishes reads what was wished, nothing where that cannot be read.
func readWishes(dir string) (w wishes) {
	data, err := os.ReadFile(filepath.Join(dir, wishesName))
	if err != nil || json.Unmarshal(data, &w) != nil {
		return wishes{}
	}
	return w
}

func writeWishes(dir string, w wishes) error {
	data, err := json.Marshal(w)
	if err != nil {
		return err
	}
	return desktop.WriteFileAtomic(filepath.Join(dir, wishesName), data)
}
