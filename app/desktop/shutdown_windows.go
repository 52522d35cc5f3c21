package desktop

import (
	"context"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// NotifyShutdown gives a context that ends when the program has to: by Ctrl+C, when
// the console closes, when the person logs off or the computer shuts down.
// Call done once everything is written down: Windows waits for that.
func NotifyShutdown(parent context.Context) (ctx context.Context, done func()) {
	ctx, stop := signal.NotifyContext(parent, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	written := make(chan struct{})
	go watchSession(stop, written)
	return ctx, sync.OnceFunc(func() { close(written); stop() })
}

var (
	user32        = windows.NewLazySystemDLL("user32.dll")
	registerClass = user32.NewProc("RegisterClassExW")
	createWindow  = user32.NewProc("CreateWindowExW")
	defWindowProc = user32.NewProc("DefWindowProcW")
	getMessage    = user32.NewProc("GetMessageW")
	dispatch      = user32.NewProc("DispatchMessageW")
	blockReason   = user32.NewProc("ShutdownBlockReasonCreate")
)

const (
	wmQueryEndSession = 0x0011
	wmEndSession      = 0x0016
	// Windows ends a program that takes longer than five seconds.
	sessionPatience = 4500 * time.Millisecond
)

// windowClass is WNDCLASSEXW.
type windowClass struct {
	size, style                  uint32
	proc                         uintptr
	classExtra, windowExtra      int32
	instance, icon, cursor, back windows.Handle
	menu, name                   *uint16
	smallIcon                    windows.Handle
}

// message is MSG.
type message struct {
	window         windows.Handle
	message        uint32
	wparam, lparam uintptr
	time           uint32
	x, y           int32
}

// watchSession keeps a window that nobody sees, for that is whom Windows
// tells of the end of a session when there is no console. It never returns.
func watchSession(stop func(), written <-chan struct{}) {
	runtime.LockOSThread()
	proc := windows.NewCallback(func(window windows.Handle, what uint32, w, l uintptr) uintptr {
		switch what {
		case wmQueryEndSession:
			return 1
		case wmEndSession:
			if w == 0 { // somebody else said no
				return 0
			}
			reason, _ := windows.UTF16PtrFromString("Duologue is writing everything down")
			blockReason.Call(uintptr(window), uintptr(unsafe.Pointer(reason)))
			stop()
			select {
			case <-written:
			case <-time.After(sessionPatience):
			}
			return 0
		}
		r, _, _ := defWindowProc.Call(uintptr(window), uintptr(what), w, l)
		return r
	})
	name, _ := windows.UTF16PtrFromString("DuologueSession")
	class := windowClass{proc: proc, name: name}
	class.size = uint32(unsafe.Sizeof(class))
	registerClass.Call(uintptr(unsafe.Pointer(&class)))
	window, _, _ := createWindow.Call(0, uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(name)), 0, 0, 0, 0, 0, 0, 0, 0, 0)
	if window == 0 {
		return
	}
	for {
		var m message
		if got, _, _ := getMessage.Call(uintptr(unsafe.Pointer(&m)), 0, 0, 0); int32(got) <= 0 {
			return
		}
		dispatch.Call(uintptr(unsafe.Pointer(&m)))
	}
}
