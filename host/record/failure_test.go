package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"reflect"
	"syscall"
	"testing"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// An error from a record says the same, is of the same kind, and is what programs look for in it.
func TestFailure(t *testing.T) {
	t.Parallel()
	to := &net.TCPAddr{IP: net.IPv4(10, 0, 0, 2), Port: 80}
	for _, err := range []error{
		io.EOF, os.ErrDeadlineExceeded, net.ErrClosed, context.Canceled, errors.New("of no kind"),
		&net.OpError{Op: "dial", Net: "tcp", Addr: to, Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)},
		&net.OpError{Op: "read", Net: "tcp", Source: to, Addr: to, Err: os.ErrDeadlineExceeded},
		&net.OpError{Op: "read", Net: "eth0", Err: syscall.ENETDOWN},
		&fs.PathError{Op: "open", Path: "/x", Err: syscall.ENOENT},
		&network.GAIError{Code: network.EAINoName, Name: "x.test"},
		&network.GAIError{Code: network.EAIFail, Name: "x.test", Err: errors.New("servfail")},
		fmt.Errorf("opening: %w", os.NewSyscallError("socket", syscall.EPERM)),
		decl.Refuse(decl.Denied, errors.New("not allowed")),
		fmt.Errorf("this: %w", errors.ErrUnsupported),
	} {
		j, bad := json.Marshal(FailureOf(err))
		if bad != nil {
			t.Fatal(bad)
		}
		var f *Failure
		if bad := json.Unmarshal(j, &f); bad != nil {
			t.Fatal(bad)
		}
		got := f.Err()
		if got.Error() != err.Error() || decl.KindOf(got) != decl.KindOf(err) {
			t.Errorf("%q of kind %q became %q of kind %q", err, decl.KindOf(err), got, decl.KindOf(got))
		}
		for _, k := range known {
			if errors.Is(got, k.err) != errors.Is(err, k.err) {
				t.Errorf("%v is %s: %v", err, k.name, errors.Is(err, k.err))
			}
		}
		n, text := network.Strerror(err)
		if m, other := network.Strerror(got); m != n || other != text {
			t.Errorf("%v: number %d %s became %d %s", err, n, text, m, other)
		}
		var op, other *net.OpError
		if errors.As(err, &op) && (!errors.As(got, &other) || other.Op != op.Op || other.Net != op.Net || other.Timeout() != op.Timeout()) {
			t.Errorf("%#v became %#v", op, other)
		}
	}
	if FailureOf(nil) != nil || (*Failure)(nil).Err() != nil {
		t.Error("no error became one")
	}
}

func TestAddr(t *testing.T) {
	t.Parallel()
	for _, a := range []net.Addr{
		nil, &net.TCPAddr{IP: net.IPv4(10, 0, 0, 1), Port: 1}, &net.UDPAddr{IP: net.ParseIP("fe80::1"), Port: 2, Zone: "eth0"},
		&net.UDPAddr{Port: 67}, &net.IPAddr{IP: net.IPv4(10, 0, 0, 1)}, &net.UnixAddr{Net: "unix", Name: "/tmp/x"},
	} {
		got := AddrOf(a).Std()
		if a == nil {
			if got != nil {
				t.Errorf("nil became %v", got)
			}
			continue
		}
		if reflect.TypeOf(got) != reflect.TypeOf(a) || got.String() != a.String() || got.Network() != a.Network() {
			t.Errorf("%#v became %#v", a, got)
		}
	}
}
