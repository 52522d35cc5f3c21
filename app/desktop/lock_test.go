package desktop

import (
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// What another program answers at an address that was left behind is not taken
// for a host.
func TestSecondStartFindsAnotherProgram(t *testing.T) {
	in, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	other := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, `{"app":"other"}`) })}
	go other.Serve(in)
	defer other.Close()
	file := filepath.Join(t.TempDir(), addressName)
	os.WriteFile(file, []byte("http://"+in.Addr().String()+"/\n"), 0o600)
	if at := awaitRunning(file, 200*time.Millisecond); at != "" {
		t.Errorf("%s was taken for a host", at)
	}
}
