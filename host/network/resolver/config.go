package resolver

import (
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// config is resolv.conf(5).
type config struct {
	servers  []netip.AddrPort
	search   []string
	ndots    int
	attempts int
	timeout  time.Duration // of one question to one server
	rotate   bool
	tcp      bool // "use-vc"
	noV6     bool // "no-aaaa"
}

// The limits of resolv.conf(5).
const (
	maxServers  = 3
	maxNdots    = 15
	maxAttempts = 5
	maxTimeout  = 30
)

func (r *Resolver) config() config {
	b, _ := r.read("resolv.conf")
	c := parseConfig(string(b))
	if len(r.Servers) > 0 {
		c.servers = r.Servers
	}
	if len(r.Search) > 0 {
		c.search = r.Search
	}
	if c.search == nil && r.Hostname != nil {
		if name, err := r.Hostname(); err == nil {
			if _, domain, ok := strings.Cut(name, "."); ok && domain != "" {
				c.search = []string{domain}
			}
		}
	}
	return c
}

func parseConfig(text string) config {
	c := config{ndots: 1, attempts: 2, timeout: 5 * time.Second}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") || strings.HasPrefix(line, ";") {
			continue
		}
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		switch fields[0] {
		case "nameserver":
			if a, err := netip.ParseAddr(fields[1]); err == nil && len(c.servers) < maxServers {
				c.servers = append(c.servers, netip.AddrPortFrom(a, 53))
			}
		case "domain":
			c.search = fields[1:2]
		case "search":
			c.search = fields[1:]
		case "options":
			for _, o := range fields[1:] {
				c.option(o)
			}
		}
	}
	if len(c.servers) == 0 {
		c.servers = []netip.AddrPort{netip.MustParseAddrPort("127.0.0.1:53")}
	}
	return c
}

func (c *config) option(o string) {
	name, value, _ := strings.Cut(o, ":")
	n, _ := strconv.Atoi(value)
	switch name {
	case "ndots":
		c.ndots = min(max(n, 0), maxNdots)
	case "attempts":
		c.attempts = min(max(n, 1), maxAttempts)
	case "timeout":
		c.timeout = time.Duration(min(max(n, 1), maxTimeout)) * time.Second
	case "rotate":
		c.rotate = true
	case "use-vc":
		c.tcp = true
	case "no-aaaa":
		c.noV6 = true
	}
}

// candidates are the full names to ask for in turn (resolv.conf(5), search and ndots).
func (c *config) candidates(name string) []string {
	if strings.HasSuffix(name, ".") {
		return []string{name}
	}
	var out []string
	asIs := name + "."
	early := strings.Count(name, ".") >= c.ndots
	if early {
		out = append(out, asIs)
	}
	for _, domain := range c.search {
		if domain = strings.Trim(domain, "."); domain == "" {
			if !early {
				early = true
				out = append(out, asIs)
			}
			continue
		}
		out = append(out, name+"."+domain+".")
	}
	if !early {
		out = append(out, asIs)
	}
	return out
}
