package app

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestFileNames(t *testing.T) {
	long := strings.Repeat("长", 2000)
	for in, want := range map[string]string{
		"photo.jpg": "photo.jpg", "../../etc/passwd": "passwd", `C:\fakepath\a.txt`: "a.txt", "..": "file", "": "file", " . ": "file",
		"a\x00b\r\nSet-Cookie: x": "abSet-Cookie_ x", "CON": "_CON", "con.txt": "_con.txt", "lpt1.tar.gz": "_lpt1.tar.gz", "COM10": "COM10",
		"evil\u202egpj.exe": "evilgpj.exe", "a<b>:c?.txt": "a_b__c_.txt", "x. . ": "x", "👩\u200d💻.png": "👩\u200d💻.png", ".profile": ".profile",
		"bad\xff.txt": "bad_.txt", long + ".jpeg": strings.Repeat("长", 65) + ".jpeg", "日本\u2028語": "日本語", "e\u0301.txt": "é.txt", "NUL .txt": "_NUL .txt",
	} {
		if have := cleanFileName(in); have != want {
			t.Errorf("%.40q became %q, want %q", in, have, want)
		}
	}
}

// FuzzFileName: whatever is sent, the name is short, one line, one part of a
// path, and clean already.
func FuzzFileName(f *testing.F) {
	for _, s := range []string{"a.txt", "../x", "CON", "\u202e", strings.Repeat("x", 5000), "a\u0300\u0301", "COM¹.x", ". .", "\xff\xfe", "n\x05\u0300"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name := cleanFileName(s)
		if name == "" || len(name) > maxFileName+1 || strings.ContainsAny(name, "/\\\x00\r\n\"") || name == "." || name == ".." {
			t.Fatalf("%q became %q", s, name)
		}
		if again := cleanFileName(name); again != name {
			t.Fatalf("%q became %q and then %q", s, name, again)
		}
	})
}

// FuzzRange: a part lies within the file.
func FuzzRange(f *testing.F) {
	for _, s := range []string{"bytes=0-1", "bytes=-5", "bytes=5-", "bytes=1-99999999999999999999", "bytes=--1", "bytes=0-0,1-1"} {
		f.Add(s, int64(10))
	}
	f.Add("bytes=1-9999999999999999999", int64(1<<62-1)) // beyond an int64
	f.Fuzz(func(t *testing.T, header string, size int64) {
		size &= 1<<62 - 1
		r, ok, none := parseRange(header, size)
		if ok && (none || r.first < 0 || r.first > r.last || r.last >= size) {
			t.Fatalf("%q of %d: %+v", header, size, r)
		}
	})
}

// FuzzMetadata: what is read is what was written.
func FuzzMetadata(f *testing.F) {
	f.Add("filename YS50eHQ=,is_confidential", "key", "value")
	f.Add(",", "as", "picture")
	f.Fuzz(func(t *testing.T, header, key, value string) {
		if m, err := parseMetadata(header); err == nil {
			for k := range m {
				if k == "" || strings.ContainsAny(k, " ,\r\n") || strings.ContainsAny(m.text(k), "\r\n\x00") {
					t.Fatalf("%q: %q", header, m)
				}
			}
		}
		if key != "" && strings.Trim(key, metadataKey) == "" {
			m, err := parseMetadata(key + " " + base64.StdEncoding.EncodeToString([]byte(value)))
			if err != nil || m[key] != value {
				t.Fatalf("%q %q: %q %v", key, value, m, err)
			}
		}
	})
}

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
