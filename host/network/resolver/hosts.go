package resolver

import (
	"net/netip"
	"strings"
)

// hostsFile is /etc/hosts, line by line (hosts(5)).
type hostsFile []hostsLine

type hostsLine struct {
	addr  netip.Addr
	names []string // canonical first
}

func (r *Resolver) hosts() hostsFile {
	b, err := r.read("hosts")
	if err != nil {
		return nil
	}
	return parseHosts(string(b))
}

func parseHosts(text string) hostsFile {
	var out hostsFile
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		if a, err := netip.ParseAddr(fields[0]); err == nil {
			out = append(out, hostsLine{a, fields[1:]})
		}
	}
	return out
}

// lookup collects every line that has name. Asked for IPv4 alone, glibc reads ::1 as 127.0.0.1 and a mapped address
// as the IPv4 one inside (nss_files).
func (h hostsFile) lookup(name string, want Want) (Answer, error) {
	var a Answer
	for _, line := range h {
		if !line.has(name) {
			continue
		}
		addr := line.addr
		if want.V4 && !want.V6 {
			if addr == netip.IPv6Loopback() {
				addr = netip.AddrFrom4([4]byte{127, 0, 0, 1})
			}
			addr = addr.Unmap()
		}
		if addr.Is4() && !want.V4 || addr.Is6() && !want.V6 {
			continue
		}
		if a.Name == "" {
			a.Name = line.names[0]
			a.Aliases = line.names[1:]
		}
		a.Addrs = append(a.Addrs, addr)
	}
	if len(a.Addrs) == 0 {
		return Answer{}, ErrNotFound
	}
	return a, nil
}

func (l hostsLine) has(name string) bool {
	for _, n := range l.names {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

// reverse is the names of the first line that has addr.
func (h hostsFile) reverse(addr netip.Addr) ([]string, error) {
	for _, line := range h {
		if line.addr == addr.WithZone("") {
			return line.names, nil
		}
	}
	return nil, ErrNotFound
}
