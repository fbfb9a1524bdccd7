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
// udp4 0.0.0.0:68->10.0.0.2:67: sendto: network is unreachable"): of that stay what was tried in our words, the far end, unless
// the message names it before, and the reason ("send to 10.0.0.2:67: network is unreachable"). Of a file ("open /etc/shadow: permission denied") the name and the reason stay.
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
	switch tried := tries[op.Op]; {
	case op.Addr != nil && !strings.Contains(before, op.Addr.String()):
		reason = strings.TrimSpace(tried.at+" "+op.Addr.String()) + ": " + reason
	case before == "" && tried.alone != "" && reason != closed && reason != timeout:
		reason = tried.alone + ": " + reason
	}
	return before + reason + after
}

// tries are the words for the calls that Go's network library and ours name: before an address, and alone.
var tries = map[string]struct{ at, alone string }{
	"write":      {"send to", "send"},
	"read":       {"receive from", "receive"},
	"dial":       {"connect to", "connect"},
	"connect":    {"connect to", "connect"},
	"bind":       {"bind to", "bind"},
	"listen":     {"listen on", "listen"},
	"accept":     {"accept on", "accept"},
	"route":      {"way to", "way"},
	"setsockopt": {"option of", "option"},
	"getsockopt": {"option of", "option"},
}

// call is the name of a system call before its error.
var call = regexp.MustCompile(`^[a-z0-9]+: `)

// Reasons that say enough alone.
const closed, timeout = "closed", "timeout"

// reasonOf is why a call of the system failed, without the name of the call.
func reasonOf(err error) string {
	switch {
	case errors.Is(err, net.ErrClosed):
		return closed
	case errors.Is(err, os.ErrDeadlineExceeded):
		return timeout
	}
	text := err.Error()
	return text[len(call.FindString(text)):]
}
