package config

import "testing"

func TestFileSize(t *testing.T) {
	for in, want := range map[string]int64{"0": 0, "12": 12, "500M": 500 << 20, "4g": 4 << 30, "1TB": 1 << 40, "8K": 8192} {
		var s fileSize
		if err := s.Set(in); err != nil || int64(s) != want {
			t.Errorf("%s: %d %v", in, s, err)
		}
	}
	for _, in := range []string{"", "M", "-1", "1.5G", "1X", "1MM", "9999999T", "0x10"} {
		if err := new(fileSize).Set(in); err == nil {
			t.Errorf("%q was taken", in)
		}
	}
}
