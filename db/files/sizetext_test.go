package files

import "testing"

func TestSizesAreToldAsTyped(t *testing.T) {
	for n, want := range map[int64]string{
		1 << 30:           "1 GiB", // -quota 1G
		500 << 20:         "500 MiB",
		1536 << 20:        "1536 MiB",
		50 << 30:          "50 GiB",
		4 << 10:           "4 KiB",
		2 << 40:           "2 TiB",
		1_000_000_000:     "1 GB",
		10_000_000_000:    "10 GB",
		2_500_000_000:     "2500 MB",
		1_000_000_000_000: "1 TB",
		2:                 "2 bytes",
		9_999:             "9999 bytes",
		12_345:            "12 kB",
		1<<30 + 1:         "1073 MB",
		1<<62 + 1:         "4611686 TB",
	} {
		if got := sizeText(n); got != want {
			t.Errorf("%d is told as %q instead of %q", n, got, want)
		}
	}
}
