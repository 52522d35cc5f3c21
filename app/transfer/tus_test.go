package transfer

import (
	"encoding/base64"
	"strings"
	"testing"
)

// FuzzMetadata: what is read is what was written.
func FuzzMetadata(f *testing.F) {
	f.Add("filename YS50eHQ=,is_confidential", "key", "value")
	f.Add(",", "as", "picture")
	f.Fuzz(func(t *testing.T, header, key, value string) {
		if m, ok := ParseMetadata(header); ok {
			for k := range m {
				if k == "" || strings.ContainsAny(k, " ,\r\n") || strings.ContainsAny(m.Text(k, 100), "\r\n\x00") {
					t.Fatalf("%q: %q", header, m)
				}
			}
		}
		if key != "" && strings.Trim(key, metadataKey) == "" {
			m, ok := ParseMetadata(key + " " + base64.StdEncoding.EncodeToString([]byte(value)))
			if !ok || m[key] != value {
				t.Fatalf("%q %q: %q %v", key, value, m, ok)
			}
		}
	})
}
