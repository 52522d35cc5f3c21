package main

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"image"
	"image/png"
	"os"
	"path/filepath"

	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
	"github.com/tc-hib/winres"
)

// iconSVG is the mark on paper, for places that give it room.
//
//go:embed icon.svg
var iconSVG []byte

// small is up to where the mark stands alone, without paper around it.
const small = 32

// draw gives the icon in one size, from its source.
func draw(size int) (image.Image, error) {
	source := iconSVG
	if size <= small {
		mark, err := os.ReadFile(filepath.Join("..", "..", "..", "ui", "static", "favicon.svg"))
		if err != nil {
			return nil, err
		}
		source = mark
	}
	icon, err := oksvg.ReadIconStream(bytes.NewReader(source), oksvg.StrictErrorMode)
	if err != nil {
		return nil, err
	}
	icon.SetTarget(0, 0, float64(size), float64(size))
	img := image.NewRGBA(image.Rect(0, 0, size, size))
	icon.Draw(rasterx.NewDasher(size, size, rasterx.NewScannerGV(size, size, img, img.Bounds())), 1)
	return img, nil
}

func drawPNG(size int) ([]byte, error) {
	img, err := draw(size)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err = encoder.Encode(&b, img)
	return b.Bytes(), err
}

// windowsIcon has the sizes that Windows asks for.
func windowsIcon(sizes ...int) (*winres.Icon, error) {
	var images []image.Image
	for _, size := range sizes {
		img, err := draw(size)
		if err != nil {
			return nil, err
		}
		images = append(images, img)
	}
	return winres.NewIconFromImages(images)
}

// macIcon is an icns file: a name and a PNG for each size.
func macIcon() ([]byte, error) {
	var parts bytes.Buffer
	for _, p := range []struct {
		kind string
		size int
	}{{"icp4", 16}, {"icp5", 32}, {"ic11", 32}, {"ic12", 64}, {"ic07", 128}, {"ic13", 256}, {"ic08", 256}, {"ic14", 512}, {"ic09", 512}, {"ic10", 1024}} {
		data, err := drawPNG(p.size)
		if err != nil {
			return nil, err
		}
		parts.WriteString(p.kind)
		binary.Write(&parts, binary.BigEndian, uint32(len(data)+8))
		parts.Write(data)
	}
	out := binary.BigEndian.AppendUint32([]byte("icns"), uint32(parts.Len()+8))
	return append(out, parts.Bytes()...), nil
}

// trayIcons are the files that the program itself carries.
func trayIcons() (map[string][]byte, error) {
	forLinux, err := drawPNG(32)
	if err != nil {
		return nil, err
	}
	icon, err := windowsIcon(16, 20, 24, 32)
	if err != nil {
		return nil, err
	}
	var ico bytes.Buffer
	if err := icon.SaveICO(&ico); err != nil {
		return nil, err
	}
	return map[string][]byte{"tray.png": forLinux, "tray.ico": ico.Bytes()}, nil
}

func writeTrayIcons(dir string) error {
	icons, err := trayIcons()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, data := range icons {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
