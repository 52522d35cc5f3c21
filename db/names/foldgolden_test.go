package names

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The page marks what the host found, so both read the same cases.
func TestFoldFindsWhatThePageMarks(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "ui", "test", "golden", "fold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Text, Query string
		Found       []string
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if n := strings.Count(FoldText(c.Text), FoldText(c.Query)); n != len(c.Found) {
			t.Errorf("%q in %q: %d times, the page marks %q", c.Query, c.Text, n, c.Found)
		}
	}
}
