package pictures

import (
	"bytes"
	"image"
	"math/rand/v2"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"
)

// A photo of 24 megapixels, as a phone takes it: how long it takes, and how
// much memory at once.
func BenchmarkThumb24MP(b *testing.B) {
	data := photo(b, grainy(6000, 4000), 6)
	b.Logf("a photo of %.1f MB", float64(len(data))/1e6)
	b.ReportAllocs()
	runtime.GC()
	before := inMemory()
	peak := make(chan uint64)
	done := make(chan struct{})
	go func() {
		most := before
		for tick := time.NewTicker(time.Millisecond); ; {
			select {
			case <-tick.C:
				most = max(most, inMemory())
			case <-done:
				tick.Stop()
				peak <- most
				return
			}
		}
	}()
	for b.Loop() {
		if p, err := Look(b.Context(), bytes.NewReader(data), "image/jpeg"); err != nil || p.Thumb == nil {
			b.Fatal(err)
		}
		runtime.GC() // what an earlier round left doesn't count
	}
	close(done)
	b.ReportMetric(float64(<-peak-before)/1e6, "peak-MB")
}

// grainy is a picture with as much to decode as a photo has.
func grainy(w, h int) *image.RGBA {
	img := quarters(w, h)
	grain := rand.New(rand.NewPCG(1, 2))
	for i := range img.Pix {
		if i%4 != 3 {
			img.Pix[i] = img.Pix[i]/2 + uint8(64+i/(4*w)*32/h) + uint8(grain.IntN(14))
		}
	}
	return img
}

// inMemory is what objects take now, in bytes.
func inMemory() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
