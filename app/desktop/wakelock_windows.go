package desktop

import (
	"errors"
	"runtime"

	"golang.org/x/sys/windows"
)

var threadState = windows.NewLazySystemDLL("kernel32.dll").NewProc("SetThreadExecutionState")

func canHoldAwake() bool { return threadState.Find() == nil }

// holdAwake asks in the name of a thread, which has to live on for that long.
func holdAwake() (release func(), err error) {
	const continuous, system = 0x80000000, 0x00000001
	held, done := make(chan bool), make(chan struct{})
	go func() {
		runtime.LockOSThread() // and never unlock: what the thread asked for ends with it
		was, _, _ := threadState.Call(continuous | system)
		held <- was != 0
		<-done
		threadState.Call(continuous)
	}()
	release = func() { close(done) }
	if !<-held {
		release()
		return nil, errors.New("Windows does not keep the computer awake")
	}
	return release, nil
}
