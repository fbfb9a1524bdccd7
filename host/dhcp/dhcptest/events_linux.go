//go:build interop

package dhcptest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hook is the script that clients call. It writes down the reason and the variables, and sets addresses for clients that
// leave this to their script.
const hook = `#!/bin/sh
reason=${reason:-$1}
case $apply in yes)
	case $reason in
	PREINIT|PREINIT6|deconfig) ip link set "$interface" up ;;
	BOUND|RENEW|REBIND|REBOOT) ip addr replace "$new_ip_address/$new_subnet_mask" dev "$interface" ;;
	BOUND6|RENEW6|REBIND6) [ -z "$new_ip6_address" ] || ip addr replace "$new_ip6_address/$new_ip6_prefixlen" dev "$interface" ;;
	bound|renew) ip addr replace "$ip/$mask" dev "$interface" ;;
	EXPIRE|RELEASE|STOP|FAIL) ip -4 addr flush dev "$interface" ;;
	EXPIRE6|RELEASE6|STOP6) [ -z "$old_ip6_address" ] || ip addr del "$old_ip6_address/$old_ip6_prefixlen" dev "$interface" ;;
	esac 2>/dev/null
esac
{ echo "reason=$reason"; env | grep -v ^reason=; echo; } >> "$events"
exit 0
`

// A Client is a client program and what it told its script.
type Client struct {
	*Process
	dir  string
	seen int // events that Await has gone past
}

// An Event is one call of a client's script.
type Event struct {
	Reason string            // BOUND, RENEW … (dhclient, dhcpcd); bound, renew … (udhcpc)
	Vars   map[string]string // new_ip_address, new_routers …
}

// newClient writes the script into a directory of the test.
func newClient(t *testing.T) *Client {
	t.Helper()
	c := &Client{dir: place(t)}
	must(t, os.WriteFile(c.script(), []byte(hook), 0o755))
	must(t, os.WriteFile(c.file("events"), nil, 0o666))
	return c
}

func (c *Client) file(name string) string { return filepath.Join(c.dir, name) }
func (c *Client) script() string          { return c.file("script") }

// variables tell the script what it needs to know.
func (c *Client) variables(apply bool) []string {
	if apply {
		return []string{"events=" + c.file("events"), "apply=yes"}
	}
	return []string{"events=" + c.file("events")}
}

// Events are the calls so far.
func (c *Client) Events(t *testing.T) []Event {
	t.Helper()
	b, err := os.ReadFile(c.file("events"))
	must(t, err)
	calls := strings.Split(string(b), "\n\n")
	var all []Event
	for _, call := range calls[:len(calls)-1] { // the last may be half written
		e := Event{Vars: map[string]string{}}
		for line := range strings.Lines(call) {
			name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
			e.Vars[name] = value
		}
		e.Reason = e.Vars["reason"]
		all = append(all, e)
	}
	return all
}

// Await waits for the next event of one of the reasons.
func (c *Client) Await(t *testing.T, reasons ...string) Event {
	t.Helper()
	var found Event
	c.Until(t, "told its script "+strings.Join(reasons, " or "), func() bool {
		for i, e := range c.Events(t) {
			if i < c.seen {
				continue
			}
			for _, r := range reasons {
				if e.Reason == r {
					found, c.seen = e, i+1
					return true
				}
			}
		}
		return false
	})
	return found
}
