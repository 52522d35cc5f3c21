package wire

// Why a socket is closed: codes of RFC 6455, and from 4400 our own.
const (
	CloseBinary       = 1003 // frames are text
	CloseText         = 1007 // invalid UTF-8
	ClosePolicy       = 1008 // a hello that cannot be read
	CloseTooLarge     = 1009 // more than MaxFrame
	CloseInternal     = 1011
	CloseRestarting   = 1012 // the host ends
	CloseOverloaded   = 1013 // too many sockets, or too far behind to go on
	CloseSessionEnded = 4401
	CloseNoHello      = 4408 // none came in time, or something else first
	CloseFlooding     = 4429
)
