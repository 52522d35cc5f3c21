package listen

// Descriptors is how many files and connections the program may have open;
// Windows has no limit that an ordinary program meets.
func Descriptors() int { return 1 << 16 }
