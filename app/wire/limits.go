package wire

// What a client has to keep to.
const (
	MaxFrame         = 64 << 10 // bytes of a frame to the host
	MaxPersonSockets = 20       // that one person has open
)
