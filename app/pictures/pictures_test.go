package pictures

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"io"
	"runtime"
	"strings"
	"testing"
)

func look(t testing.TB, data []byte) (Picture, string, error) {
	t.Helper()
	kind := Kind(bytes.NewReader(data))
	p, err := Look(t.Context(), bytes.NewReader(data), kind)
	return p, kind, err
}

// A photo is measured and drawn small as a person sees it, whichever way the
// camera was held.
func TestTurning(t *testing.T) {
	red, green, blue, white := "red", "green", "blue", "white"
	for turned, want := range map[turn][4]string{
		1: {red, green, blue, white}, 2: {green, red, white, blue}, 3: {white, blue, green, red}, 4: {blue, white, red, green},
		5: {red, blue, green, white}, 6: {blue, red, white, green}, 7: {white, green, blue, red}, 8: {green, white, red, blue},
	} {
		p, kind, err := look(t, photo(t, quarters(1200, 800), turned))
		if err != nil || kind != "image/jpeg" {
			t.Fatal(turned, kind, err)
		}
		w, h := 1200, 800
		if turned >= 5 {
			w, h = h, w
		}
		small, _, err := image.Decode(bytes.NewReader(p.Thumb))
		if err != nil || p.Width != w || p.Height != h {
			t.Fatalf("turned %d: %d by %d, %v", turned, p.Width, p.Height, err)
		}
		b := small.Bounds()
		if max(b.Dx(), b.Dy()) != ThumbSide || b.Dx()*h/w-b.Dy() > 1 || b.Dy()-b.Dx()*h/w > 1 {
			t.Errorf("turned %d: the thumbnail has %v", turned, b)
		}
		have := [4]string{}
		for i := range have {
			have[i] = name(small.At(b.Dx()*(1+2*(i%2))/4, b.Dy()*(1+2*(i/2))/4))
		}
		if have != want {
			t.Errorf("turned %d: %v, want %v", turned, have, want)
		}
	}
}

func name(c color.Color) string {
	r, g, b, _ := c.RGBA()
	switch {
	case r > 0xC000 && g > 0xC000 && b > 0xC000:
		return "white"
	case r > 0x8000:
		return "red"
	case g > 0x8000:
		return "green"
	case b > 0x8000:
		return "blue"
	}
	return "black"
}

// What a camera writes beside the picture is gone, and the pixels are what
// they were.
func TestClean(t *testing.T) {
	img := quarters(60, 40)
	webp := riff(webpChunk("VP8X", "\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x00"), webpChunk("VP8L", tinyWebP),
		webpChunk("EXIF", secret), webpChunk("XMP ", secret+"!"))
	withComment := gifOf(t, 3)
	end := len(withComment) - 1
	withComment = append(withComment[:end:end], "\x21\xfe"+string(rune(len(secret)))+secret+"\x00\x21\xff\x0bXMP DataXMP"+string(rune(len(secret)))+secret+"\x00;"+secret...)
	for what, data := range map[string][]byte{
		"jpeg": photo(t, img, 6), "gif": withComment, "webp": webp,
		"png": append(pngWith(t, img, chunk("tEXt", secret), chunk("eXIf", secret), chunk("gAMA", "\x00\x00\xb1\x8f")), secret...),
	} {
		if !bytes.Contains(data, []byte(secret)) {
			t.Fatal(what, "has no secret")
		}
		var out bytes.Buffer
		if err := Clean(t.Context(), bytes.NewReader(data), Kind(bytes.NewReader(data)), &out); err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if bytes.Contains(out.Bytes(), []byte(secret)) {
			t.Errorf("%s still says it", what)
		}
		before, kind, err := look(t, data)
		after, kind2, err2 := look(t, out.Bytes())
		if err != nil || err2 != nil || kind != kind2 || before.Width != after.Width || before.Height != after.Height ||
			!bytes.Equal(before.Thumb, after.Thumb) {
			t.Errorf("%s: %s %v, cleaned %s %v", what, kind, err, kind2, err2)
		}
		old, err := kinds[kind].decode(bytes.NewReader(data))
		now, err2 := kinds[kind].decode(bytes.NewReader(out.Bytes()))
		if err != nil || err2 != nil || !samePixels(old, now) {
			t.Errorf("%s: the pixels changed: %v %v", what, err, err2)
		}
		var twice bytes.Buffer
		if err := Clean(t.Context(), bytes.NewReader(out.Bytes()), kind, &twice); err != nil || !bytes.Equal(out.Bytes(), twice.Bytes()) {
			t.Errorf("%s: cleaned again it is another, %v", what, err)
		}
	}
	if !bytes.Contains(photoCleaned(t, img), []byte("ICC_PROFILE")) {
		t.Error("the colours are gone")
	}
}

func photoCleaned(t *testing.T, img image.Image) []byte {
	var out bytes.Buffer
	if err := Clean(t.Context(), bytes.NewReader(photo(t, img, 1)), "image/jpeg", &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func samePixels(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

// Cleaning holds little in memory, however large a picture is, or a part of it.
func TestCleaningTakesLittleMemory(t *testing.T) {
	const size = 24 << 20
	scan := bytes.Repeat([]byte{0x55}, size)
	gif := gifOf(t, 1)
	chain := bytes.Repeat(append([]byte{255}, scan[:255]...), size/256)
	jpeg := jpegOf(t, quarters(8, 8))
	for kind, data := range map[string][]byte{
		"image/webp": riff(webpChunk("VP8L", tinyWebP), webpChunk("ANMF", string(scan)), webpChunk("EXIF", string(scan))),
		"image/gif":  append(append(append(gif[:len(gif)-2:len(gif)-2], chain...), 0), ';'),
		"image/png":  pngWith(t, quarters(8, 8), chunk("fdAT", string(scan)), chunk("tEXt", string(scan))),
		"image/jpeg": append(append(jpeg[:len(jpeg)-2:len(jpeg)-2], scan...), 0xFF, 0xD9),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		var n counter
		err := Clean(t.Context(), bytes.NewReader(data), kind, &n)
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; err != nil || got > 1<<20 || n < size {
			t.Errorf("%s: %v, %d kB for %d", kind, err, got>>10, n)
		}
	}
}

// A file of nothing but tiny parts is given up before it takes long, and one
// of many is read and written in large pieces.
func TestCleaningManyParts(t *testing.T) {
	img := quarters(8, 8)
	gif, jpeg := gifOf(t, 1), jpegOf(t, img)
	for kind, made := range map[string]func(n int) []byte{
		"image/png": func(n int) []byte { return pngWith(t, img, bytes.Repeat(chunk("gAMA", ""), n)) },
		"image/webp": func(n int) []byte {
			return riff(webpChunk("VP8L", tinyWebP), strings.Repeat(webpChunk("ANMF", ""), n))
		},
		"image/gif": func(n int) []byte {
			return append(append(gif[:len(gif)-1:len(gif)-1], bytes.Repeat([]byte{0x21, 0xF9, 0}, n)...), ';')
		},
		"image/jpeg": func(n int) []byte {
			return append(append(jpeg[:2:2], bytes.Repeat(segment(0xDB, ""), n)...), jpeg[2:]...)
		},
	} {
		var read, written calls
		data := made(10_000)
		err := Clean(t.Context(), &counting{bytes.NewReader(data), &read}, kind, &written)
		if err != nil || int(written.bytes) != len(data) || read.n > 200 || written.n > 200 {
			t.Errorf("%s: %v, %d of %d bytes in %d and %d calls", kind, err, written.bytes, len(data), read.n, written.n)
		}
		if err := Clean(t.Context(), bytes.NewReader(made(maxParts)), kind, io.Discard); !errors.Is(err, errLimit) {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// calls counts what is read or written, and how often.
type calls struct{ n, bytes int }

func (c *calls) Write(p []byte) (int, error) {
	c.n, c.bytes = c.n+1, c.bytes+len(p)
	return len(p), nil
}

type counting struct {
	io.ReadSeeker
	calls *calls
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.ReadSeeker.Read(p)
	c.calls.Write(p[:n])
	return n, err
}

// A thumbnail through which one can see stays so, and a small picture is not
// drawn larger.
func TestSmallAndClear(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 30, 10))
	img.Set(3, 3, color.NRGBA{255, 0, 0, 128})
	p, _, err := look(t, pngOf(t, img))
	if err != nil || Kind(bytes.NewReader(p.Thumb)) != "image/png" {
		t.Fatal(err)
	}
	small, _, err := image.Decode(bytes.NewReader(p.Thumb))
	if err != nil || small.Bounds().Dx() != 30 || small.Bounds().Dy() != 10 {
		t.Fatal(small.Bounds(), err)
	}
}

// Whatever is made to do harm is an answer within bounds: no thumbnail, and
// little memory.
func TestHostile(t *testing.T) {
	for what, data := range hostile(t) {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p, kind, err := look(t, data)
		cleaned := Clean(t.Context(), bytes.NewReader(data), kind, io.Discard)
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; got > 64<<20 {
			t.Errorf("%s took %d MB", what, got>>20)
		}
		if p.Thumb != nil && what != "polyglot jpeg" && what != "wild exif" && what != "bomb png" {
			t.Errorf("%s (%s) has a thumbnail", what, kind)
		}
		if err == nil && p.Thumb == nil {
			t.Errorf("%s (%s): neither a thumbnail nor an error", what, kind)
		}
		if strings.Contains(kind, "svg") || strings.Contains(kind, "html") {
			if cleaned == nil || Known(kind) {
				t.Errorf("%s passes as a picture", what)
			}
		}
	}
	var out bytes.Buffer
	if err := Clean(t.Context(), bytes.NewReader(hostile(t)["polyglot jpeg"]), "image/jpeg", &out); err != nil || bytes.Contains(out.Bytes(), []byte("script")) {
		t.Error("what stands behind a picture stays with it", err)
	}
}

// FuzzClean: what is cleaned is clean, and still the same kind of picture.
func FuzzClean(f *testing.F) {
	for _, data := range hostile(f) {
		if len(data) < 4096 {
			f.Add(data)
		}
	}
	f.Add(photo(f, quarters(8, 8), 6))
	f.Add(pngOf(f, quarters(8, 8)))
	f.Add(gifOf(f, 2))
	f.Add(riff(webpChunk("VP8X", "\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x00"), webpChunk("VP8L", tinyWebP), webpChunk("EXIF", secret)))
	f.Fuzz(func(t *testing.T, data []byte) {
		for kind := range kinds {
			var once, twice bytes.Buffer
			if Clean(t.Context(), bytes.NewReader(data), kind, &once) != nil {
				continue
			}
			if err := Clean(t.Context(), bytes.NewReader(once.Bytes()), kind, &twice); err != nil || !bytes.Equal(once.Bytes(), twice.Bytes()) {
				t.Fatalf("%s: cleaned again it is another, %v", kind, err)
			}
			if len(data) > 1<<16 {
				continue
			}
			if c, err := kinds[kind].config(bytes.NewReader(data)); err == nil && c.Width*c.Height < 1<<16 {
				p, err := Look(t.Context(), bytes.NewReader(data), kind)
				if err == nil && (p.Width*p.Height != c.Width*c.Height || len(p.Thumb) == 0) {
					t.Fatalf("%s: %d by %d of %d by %d", kind, p.Width, p.Height, c.Width, c.Height)
				}
			}
		}
	})
}

// FuzzTurn: whatever stands in an Exif segment is a turn or none.
func FuzzTurn(f *testing.F) {
	f.Add(exifOf(6))
	f.Add([]byte(exifHead + "II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x03\x00\x00\x00"))
	f.Add([]byte(exifHead + "MM\x00*\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if turned, ok := exifTurn(jpegSegment{0xE1, data}); ok && (turned < 1 || turned > 8) {
			t.Fatalf("a turn of %d", turned)
		}
	})
}
