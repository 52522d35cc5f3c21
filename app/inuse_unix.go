//go:build unix

package app

import "syscall"

const errPortInUse = syscall.EADDRINUSE
