package decl

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"syscall"
	"testing"
)

func TestWords(t *testing.T) {
	t.Parallel()
	peer := &net.UDPAddr{IP: net.IPv4(10, 0, 0, 2), Port: 67}
	own := &net.UDPAddr{Port: 68}
	down := &net.OpError{Op: "write", Net: "udp4", Source: own, Addr: peer, Err: os.NewSyscallError("sendto", syscall.ENETUNREACH)}
	why := syscall.ENETUNREACH.Error()
	for _, tt := range []struct {
		err  error
		want string
	}{
		{errors.New("as it is"), "as it is"},
		{down, "send to 10.0.0.2:67: " + why},
		{fmt.Errorf("dhcp.client: %w (again?)", down), "dhcp.client: send to 10.0.0.2:67: " + why + " (again?)"},
		{fmt.Errorf("snmp.get: 10.0.0.2:67: %w", down), "snmp.get: 10.0.0.2:67: " + why},
		{fmt.Errorf("pcap.open: %w", &fs.PathError{Op: "open", Path: "a.pcap", Err: fs.ErrNotExist}), "pcap.open: a.pcap: file does not exist"},
		{&net.OpError{Op: "read", Net: "udp", Err: net.ErrClosed}, "closed"},
		{&net.OpError{Op: "read", Net: "udp", Addr: peer, Err: os.ErrDeadlineExceeded}, "receive from 10.0.0.2:67: timeout"},
		{&net.OpError{Op: "setsockopt", Net: "udp", Err: os.NewSyscallError("setsockopt", syscall.EINVAL)}, "option: " + syscall.EINVAL.Error()},
	} {
		if got := Words(tt.err); got != tt.want {
			t.Errorf("%v: %q, not %q", tt.err, got, tt.want)
		}
	}
}
