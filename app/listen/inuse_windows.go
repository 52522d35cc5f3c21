package listen

import "syscall"

// errPortInUse is WSAEADDRINUSE; the package syscall names only its own
// invention for it.
const errPortInUse = syscall.Errno(10048)
