package desktop

import (
	"os"
	"path/filepath"

	"github.com/go-json-experiment/json"
)

const settingsName = "duologue.wishes.json" // as earlier versions called it

// HostSettings are what the owner set for this computer, kept beside the store:
// they are about the program, not about people.
type HostSettings struct {
	Awake bool `json:"awake"` // keep the computer awake while others are connected
}

// ReadHostSettings reads the settings in a data folder; those that cannot be
// read are the defaults.
func ReadHostSettings(dir string) (s HostSettings) {
	data, err := os.ReadFile(filepath.Join(dir, settingsName))
	if err != nil || json.Unmarshal(data, &s) != nil {
		return HostSettings{}
	}
	return s
}

// Write keeps the settings in a data folder.
func (s HostSettings) Write(dir string) error {
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return WriteFileAtomic(filepath.Join(dir, settingsName), data)
}
