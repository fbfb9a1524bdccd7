package lua51

import (
	"errors"
	"io"
	"os"
	"testing"
	"time"
)

// An interrupted read loses nothing: the next one gets what comes.
func TestInputInterrupted(t *testing.T) {
	t.Parallel()
	r, w := io.Pipe()
	in := newInput(r)
	ended := make(chan error)
	go func() {
		_, err := in.Read(make([]byte, 10))
		ended <- err
	}()
	for wait := true; wait; {
		in.Interrupt()
		select {
		case err := <-ended:
			if !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Fatalf("interrupted read: %v", err)
			}
			wait = false
		case <-time.After(time.Millisecond):
		}
	}
	go func() {
		_, _ = io.WriteString(w, "all of it")
		w.Close()
	}()
	b, err := io.ReadAll(in)
	if string(b) != "all of it" || err != nil {
		t.Errorf("read %q, %v", b, err)
	}
}

// A short buffer gets the rest at its next read, and the end comes last.
func TestInputRest(t *testing.T) {
	t.Parallel()
	r, w := io.Pipe()
	go func() {
		_, _ = io.WriteString(w, "abcdef")
		w.Close()
	}()
	in := newInput(r)
	var got []byte
	b := make([]byte, 4)
	for {
		n, err := in.Read(b)
		got = append(got, b[:n]...)
		b = b[:1]
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if string(got) != "abcdef" {
		t.Errorf("got %q", got)
	}
}
