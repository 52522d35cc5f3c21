package files

import "fmt"

// sizeText gives a limit as whoever set it wrote it: 1 GiB for 1G on the command
// line, which is 1024 × 1024 × 1024 bytes, and 1 GB for a thousand million.
// What is no whole number of either is rounded down.
func sizeText(n int64) string {
	const few = 10_000 // more digits nobody wrote
	for _, s := range []struct {
		step  int64
		units [4]string
	}{{1024, [4]string{"TiB", "GiB", "MiB", "KiB"}}, {1000, [4]string{"TB", "GB", "MB", "kB"}}} {
		size := s.step * s.step * s.step * s.step
		for _, unit := range s.units {
			if n >= size && n%size == 0 && n/size < few {
				return fmt.Sprint(n/size, " ", unit)
			}
			size /= s.step
		}
	}
	if n < few {
		return fmt.Sprint(n, " bytes")
	}
	size, unit := int64(1000), "kB"
	for _, u := range []string{"MB", "GB", "TB"} {
		if n/size < few {
			break
		}
		size, unit = size*1000, u
	}
	return fmt.Sprint(n/size, " ", unit)
}
