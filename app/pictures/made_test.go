package pictures

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

// The pictures of these tests are made here.

// quarters has another colour in each quarter: red, green, blue and white,
// as one reads.
func quarters(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := [4]color.RGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}}
			img.Set(x, y, c[2*(2*y/h)+2*x/w])
		}
	}
	return img
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gifOf(t testing.TB, frames int) []byte {
	t.Helper()
	g := &gif.GIF{}
	for range frames {
		img := image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.Black, color.White})
		g.Image, g.Delay = append(g.Image, img), append(g.Delay, 1)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func segment(marker byte, data string) []byte {
	return append([]byte{0xFF, marker, byte((len(data) + 2) >> 8), byte(len(data) + 2)}, data...)
}

// secret is what may not be found in a picture that was cleaned.
const secret = "GPS 52.5200 N 13.4050 E, iPhone of Ann"

// photo is a JPEG as a phone writes it, turned as told.
func photo(t testing.TB, img image.Image, turned turn) []byte {
	t.Helper()
	plain := jpegOf(t, img)
	out := append([]byte{}, plain[:2]...)
	out = append(out, segment(0xE1, string(exifOf(turned))+secret)...)
	out = append(out, segment(0xE1, "http://ns.adobe.com/xap/1.0/\x00"+secret)...)
	out = append(out, segment(0xED, "Photoshop 3.0\x00"+secret)...)
	out = append(out, segment(0xE2, "MPF\x00"+secret)...)
	out = append(out, segment(0xE2, "ICC_PROFILE\x00\x01\x01colours")...)
	out = append(out, segment(0xFE, secret)...)
	return append(append(out, plain[2:]...), "a film behind it: "+secret...)
}

func chunk(name, data string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, name...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// pngWith puts parts behind the head of a PNG.
func pngWith(t testing.TB, img image.Image, parts ...[]byte) []byte {
	t.Helper()
	plain := pngOf(t, img)
	const head = len(pngHead) + 25
	out := append([]byte{}, plain[:head]...)
	for _, p := range parts {
		out = append(out, p...)
	}
	return append(out, plain[head:]...)
}

// hugePNG says that it has w by h pixels, with a byte of each packed well.
func hugePNG(w, h uint32, rows int) []byte {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	for range rows {
		z.Write(make([]byte, w+1))
	}
	z.Close()
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	out := append([]byte(pngHead), chunk("IHDR", string(head)+"\x08\x00\x00\x00\x00")...)
	out = append(out, chunk("IDAT", packed.String())...)
	return append(out, chunk("IEND", "")...)
}

func riff(chunks ...string) []byte {
	body := "WEBP"
	for _, c := range chunks {
		body += c
	}
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func webpChunk(name, data string) string {
	s := name + string(binary.LittleEndian.AppendUint32(nil, uint32(len(data)))) + data
	if len(data)%2 == 1 {
		s += "\x00"
	}
	return s
}

// tinyWebP is one grey pixel, without loss, as libwebp writes it.
const tinyWebP = "\x2f\x00\x00\x00\x00\x07\x10\xfd\x8f\xfe\x07\x22\xa2\xff\x01"

func hostile(t testing.TB) map[string][]byte {
	whole := jpegOf(t, quarters(64, 48))
	many := gifOf(t, MaxFrames+10)
	tiff := []byte("II*\x00\xff\xff\xff\xf0" + "wild")
	wild := append(append([]byte{0xFF, 0xD8}, segment(0xE1, exifHead+string(tiff))...), whole[2:]...)
	files := map[string][]byte{
		"huge png": hugePNG(50_000, 50_000, 10), "wide png": hugePNG(1<<31-1, 1, 0), "bomb png": hugePNG(20_000, 2_000, 2_000),
		"cut jpeg": whole[:len(whole)/2], "cut head": whole[:20], "wild exif": wild, "many frames": many, "cut gif": many[:len(many)/2],
		"webp of nothing": riff(), "webp wild": riff(webpChunk("VP8 ", "\x30\x01\x00\x9d\x01\x2a\xff\x3f\xff\x3f")),
		"webp long": append([]byte("RIFF\xff\xff\xff\xffWEBP"), "VP8L\xff\xff\xff\xff/"...),
		"svg":       []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
		"html":      []byte(`<!doctype html><script>alert(1)</script>`),
		"empty":     {}, "one": {0xFF}, "polyglot gif": append([]byte("GIF89a/*"), "*/=1;alert(1)"...),
		"polyglot jpeg": append(whole[:len(whole):len(whole)], "<html><script>alert(1)</script>"...),
	}
	for i, kind := range []string{"\xFF\xD8\xFF", pngHead, "GIF89a", "RIFF\x10\x00\x00\x00WEBPVP8X"} {
		files[fmt.Sprint("noise ", i)] = append([]byte(kind), bytes.Repeat([]byte{0xFF, 0x00, 0xDA, 0x01}, 3000)...)
	}
	return files
}
