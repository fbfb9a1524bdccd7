package decl

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"regexp"
	"strings"
)

// Words are an error's message as people read it. Go's network library tells the call and the network it was made on ("write
// udp4 0.0.0.0:68->10.0.0.2:67: sendto: network is unreachable"): of that the far end stays, unless the message names it
// before, and the reason. Of a file ("open /etc/shadow: permission denied") the name and the reason stay.
func Words(err error) string {
	text := err.Error()
	var file *fs.PathError
	if errors.As(err, &file) {
		return strings.Replace(text, file.Error(), file.Path+": "+file.Err.Error(), 1)
	}
	var op *net.OpError
	if !errors.As(err, &op) {
		return text
	}
	before, after, found := strings.Cut(text, op.Error())
	if !found {
		return text
	}
	reason := reasonOf(op.Err)
	if op.Addr != nil && !strings.Contains(before, op.Addr.String()) {
		reason = op.Addr.String() + ": " + reason
	}
	return before + reason + after
}

// call is the name of a system call before its error.
var call = regexp.MustCompile(`^[a-z0-9]+: `)

// reasonOf is why a call of the system failed, without the name of the call.
func reasonOf(err error) string {
	switch {
	case errors.Is(err, net.ErrClosed):
		return "closed"
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "timeout"
	}
	text := err.Error()
	return text[len(call.FindString(text)):]
}
