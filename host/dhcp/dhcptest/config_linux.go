//go:build interop

package dhcptest

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/template"
	"time"
)

// A Config is what a server of any kind is to do. The family of the first subnet's prefix is the server's.
type Config struct {
	Subnets      []Subnet // the first is the link's; others are those of relays
	Lease        time.Duration
	Renew        time.Duration // T1 and T2; 0: the server's own choice
	Rebind       time.Duration
	DNS          []netip.Addr
	Domain       string
	Options      []Option // sent to whoever asks for them
	Reservations []Reservation
	RapidCommit  bool
	Echo         bool // the server looks with a ping whether an address is free
}

// A Subnet has addresses, and for IPv6 prefixes, to give.
type Subnet struct {
	Prefix      netip.Prefix
	First, Last netip.Addr
	Router      netip.Addr   // IPv4
	Delegate    netip.Prefix // IPv6: the pool of prefixes; not valid: none
	Length      int          // of a delegated prefix
}

// An Option is sent as bytes.
type Option struct {
	Code uint16
	Data []byte
}

// A Reservation is a client's own address: by MAC for IPv4, by DUID for IPv6.
type Reservation struct {
	MAC     net.HardwareAddr
	DUID    []byte
	Address netip.Addr
}

// LAN4 serves a LAN: 10.0.0.100 to 10.0.0.199 for ten minutes, router and DNS server 10.0.0.1, domain example.test.
func LAN4() Config {
	return Config{Lease: 10 * time.Minute, DNS: []netip.Addr{Server4}, Domain: "example.test",
		Subnets: []Subnet{subnet("10.0.0.0/24", "10.0.0.100", "10.0.0.199", "10.0.0.1")}}
}

// Site4 serves a Site: as LAN4, and 10.0.1.100 to 10.0.1.199 behind the relay.
func Site4() Config {
	c := LAN4()
	c.Subnets = append(c.Subnets, subnet("10.0.1.0/24", "10.0.1.100", "10.0.1.199", "10.0.1.1"))
	return c
}

// LAN6 serves a LAN: fd00::100 to fd00::1ff for ten minutes, prefixes of 56 bits from fd80::/40, DNS server fd00::1.
func LAN6() Config {
	s := subnet("fd00::/64", "fd00::100", "fd00::1ff", "")
	s.Delegate, s.Length = netip.MustParsePrefix("fd80::/40"), 56
	return Config{Lease: 10 * time.Minute, DNS: []netip.Addr{Server6}, Domain: "example.test", Subnets: []Subnet{s}}
}

// Site6 serves a Site: as LAN6, and fd00:1::100 to fd00:1::1ff behind the relay.
func Site6() Config {
	c := LAN6()
	c.Subnets = append(c.Subnets, subnet("fd00:1::/64", "fd00:1::100", "fd00:1::1ff", ""))
	return c
}

func subnet(prefix, first, last, router string) Subnet {
	s := Subnet{Prefix: netip.MustParsePrefix(prefix), First: netip.MustParseAddr(first), Last: netip.MustParseAddr(last)}
	if router != "" {
		s.Router = netip.MustParseAddr(router)
	}
	return s
}

func (c Config) v6() bool { return c.Subnets[0].Prefix.Addr().Is6() }

// words are what the templates of configuration files use.
var words = template.FuncMap{
	"seconds": func(d time.Duration) int { return int(d / time.Second) },
	"mask":    func(p netip.Prefix) string { return net.IP(net.CIDRMask(p.Bits(), p.Addr().BitLen())).String() },
	"colons":  func(b []byte) string { return strings.ReplaceAll(fmt.Sprintf("% x", b), " ", ":") },
	"hex":     hex.EncodeToString,
	"list": func(addrs []netip.Addr) string {
		var s []string
		for _, a := range addrs {
			s = append(s, a.String())
		}
		return strings.Join(s, ", ")
	},
	// The last prefix of a given length that a pool has, as dhcpd wants to hear.
	"lastPrefix": func(s Subnet) netip.Addr {
		b := s.Delegate.Addr().As16()
		for i := s.Delegate.Bits(); i < s.Length; i++ {
			b[i/8] |= 0x80 >> (i % 8)
		}
		return netip.AddrFrom16(b)
	},
}

// configure writes the file that a template makes of data, into a directory of the test, and returns its name.
func configure(t *testing.T, dir, name, text string, data any) string {
	t.Helper()
	var b bytes.Buffer
	must(t, template.Must(template.New(name).Funcs(words).Parse(text)).Execute(&b, data))
	file := filepath.Join(dir, name)
	must(t, os.WriteFile(file, b.Bytes(), 0o644))
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("%s:\n%s", name, &b)
		}
	})
	return file
}

// place makes a directory that programs of every user may use.
func place(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for d := dir; d != os.TempDir() && d != "/"; d = filepath.Dir(d) {
		must(t, os.Chmod(d, 0o777))
	}
	return dir
}
