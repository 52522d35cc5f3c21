package transfer

import (
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
		if have := CleanFileName(in); have != want {
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
		name := CleanFileName(s)
		if name == "" || len(name) > maxFileName+1 || strings.ContainsAny(name, "/\\\x00\r\n\"") || name == "." || name == ".." {
			t.Fatalf("%q became %q", s, name)
		}
		if again := CleanFileName(name); again != name {
			t.Fatalf("%q became %q and then %q", s, name, again)
		}
	})
}
