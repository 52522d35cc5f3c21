//go:build unix

package listen

import "syscall"

const errPortInUse = syscall.EADDRINUSE
