package resolvconf

import (
	"fmt"
	"io"
	"net/netip"
	"strings"
)

// A Config is what resolv.conf is to say. Where it has no servers, or no domains, those that were there stay.
type Config struct {
	Servers []netip.Addr
	Search  []string
}

// mark begins a file that this package wrote.
const mark = "# This file is moonwire's for a while; what was here before comes back.\n"

func isOurs(r io.Reader) bool {
	b := make([]byte, len(mark))
	_, err := io.ReadFull(r, b)
	return err == nil && string(b) == mark
}

// check refuses names that would say something else in the file, as those from the network might.
func (c Config) check() error {
	for _, a := range c.Servers {
		if !a.IsValid() || strings.ContainsFunc(a.Zone(), outside) {
			return fmt.Errorf("name server %q is no address", a)
		}
	}
	for _, domain := range c.Search {
		if domain == "" || len(domain) > 253 || strings.ContainsFunc(domain, outside) {
			return fmt.Errorf("search domain %q is no name of a domain", domain)
		}
	}
	return nil
}

// outside says that a letter is none of those that names of domains and interfaces have.
func outside(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '.', r == '-', r == '_':
		return false
	}
	return true
}

// lines are the file's, with those of the old one where c says nothing.
func (c Config) lines(old string) string {
	var b strings.Builder
	for line := range strings.Lines(old) {
		word, _, _ := strings.Cut(strings.TrimRight(line, "\n"), " ")
		switch word {
		case "nameserver":
			if len(c.Servers) > 0 {
				continue
			}
		case "search", "domain":
			if len(c.Search) > 0 {
				continue
			}
		default:
			continue
		}
		b.WriteString(strings.TrimRight(line, "\n") + "\n")
	}
	for _, a := range c.Servers {
		fmt.Fprintf(&b, "nameserver %s\n", a)
	}
	if len(c.Search) > 0 {
		fmt.Fprintf(&b, "search %s\n", strings.Join(c.Search, " "))
	}
	return b.String()
}
