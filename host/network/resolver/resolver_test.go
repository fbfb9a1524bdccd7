package resolver

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"moonwire/host/network/resolver/dnstest"
)

// newResolver asks server, whatever resolv.conf says, and reads files of its own.
func newResolver(t *testing.T, server netip.AddrPort, files map[string]string) *Resolver {
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return &Resolver{Dirs: []string{dir}, Now: time.Now, Dial: func(ctx context.Context, network, addr string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, network, server.String())
	}}
}

var zone = dnstest.Zone{
	"both.pb.":               {A: []string{"10.0.0.1"}, AAAA: []string{"fd00::1"}},
	"alias.pb.":              {CNAME: "both.pb."},
	"empty.pb.":              {TXT: true},
	"fails.pb.":              {Fail: true},
	"half.pb.":               {A: []string{"10.0.0.2"}, FailAAAA: true},
	"many.pb.":               {A: dnstest.Range("10.0.40.", 40)},
	"mute.pb.":               {Silent: true},
	"1.0.0.10.in-addr.arpa.": {PTR: []string{"both.pb."}},
	"1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa.": {PTR: []string{"six.pb."}},
}

func TestLookup(t *testing.T) {
	r := newResolver(t, dnstest.Serve(t, "127.0.0.1:0", zone), map[string]string{
		"hosts":       "10.9.9.9 canonical.pb both nick # comment\nfd00::9 canonical6.pb nick\n",
		"resolv.conf": "nameserver 127.0.0.1\nsearch pb\noptions timeout:30 attempts:1\n",
	})
	both, v4, v6 := Want{true, true}, Want{V4: true}, Want{V6: true}
	for _, c := range []struct {
		name  string
		want  Want
		canon string
		addrs string
		err   error
	}{
		{"both.pb", both, "both.pb", "10.0.0.1 fd00::1", nil},
		{"both", v6, "both.pb", "fd00::1", nil}, // by the search list: the hosts file has IPv4 only
		{"both", v4, "canonical.pb", "10.9.9.9", nil},
		{"NICK", both, "canonical.pb", "10.9.9.9 fd00::9", nil},
		{"alias.pb", v4, "both.pb", "10.0.0.1", nil},
		{"half.pb", both, "half.pb", "10.0.0.2", nil},
		{"many.pb", v4, "many.pb", strings.Join(dnstest.Range("10.0.40.", 40), " "), nil}, // truncated, then by TCP
		{"empty.pb", both, "", "", ErrNoData},
		{"both.pb.", both, "both.pb", "10.0.0.1 fd00::1", nil},
		{"nosuch.pb", both, "", "", ErrNotFound},
		{"fails.pb", both, "", "", ErrTemporary},
		{strings.Repeat("x", 64), both, "", "", ErrNotFound},
		{"a..b", both, "", "", ErrNotFound},
	} {
		a, err := r.Lookup(t.Context(), c.name, c.want)
		var addrs []string
		for _, ip := range a.Addrs {
			addrs = append(addrs, ip.String())
		}
		if !errors.Is(err, c.err) || a.Name != c.canon || strings.Join(addrs, " ") != c.addrs {
			t.Errorf("%s %+v: got %s %v %v", c.name, c.want, a.Name, addrs, err)
		}
	}
}

func TestNoAnswer(t *testing.T) {
	t.Parallel()
	r := newResolver(t, dnstest.Serve(t, "127.0.0.1:0", zone), map[string]string{"resolv.conf": "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n"})
	if _, err := r.Lookup(t.Context(), "mute.pb", Want{V4: true}); !errors.Is(err, ErrTemporary) {
		t.Error(err)
	}
}

func TestReverse(t *testing.T) {
	r := newResolver(t, dnstest.Serve(t, "127.0.0.1:0", zone), map[string]string{
		"hosts": "10.0.0.9 nine alias\n", "resolv.conf": "nameserver 127.0.0.1\noptions timeout:30\n",
	})
	for addr, want := range map[string]string{"10.0.0.9": "nine alias", "10.0.0.1": "both.pb", "fd00::1": "six.pb", "10.0.0.3": ""} {
		names, err := r.Reverse(t.Context(), netip.MustParseAddr(addr))
		if strings.Join(names, " ") != want || (err == nil) != (want != "") {
			t.Errorf("%s: %v, %v", addr, names, err)
		}
	}
}

func TestLookupEndsWithItsContext(t *testing.T) {
	r := newResolver(t, dnstest.Serve(t, "127.0.0.1:0", zone), nil)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if _, err := r.Lookup(ctx, "mute.pb", Want{V4: true}); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestConfig(t *testing.T) {
	c := parseConfig(`
; comment
nameserver 10.0.0.1
nameserver fd00::53
nameserver not-an-address
domain first.org
search pb example.org
options ndots:2 timeout:99 attempts:0 rotate use-vc unknown
`)
	if len(c.servers) != 2 || c.servers[1] != netip.MustParseAddrPort("[fd00::53]:53") || c.ndots != 2 || c.timeout != 30*time.Second ||
		c.attempts != 1 || !c.rotate || !c.tcp {
		t.Errorf("%+v", c)
	}
	for name, want := range map[string]string{
		"host": "host.pb. host.example.org. host.", "a.b": "a.b.pb. a.b.example.org. a.b.", "a.b.c": "a.b.c. a.b.c.pb. a.b.c.example.org.",
		"full.": "full.",
	} {
		if got := strings.Join(c.candidates(name), " "); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	if c := parseConfig(""); !slices.Equal(c.servers, []netip.AddrPort{netip.MustParseAddrPort("127.0.0.1:53")}) {
		t.Error(c.servers)
	}
}

func TestSources(t *testing.T) {
	for text, want := range map[string]string{
		"hosts: files mdns4_minimal [NOTFOUND=return] dns": "files dns", "hosts: dns files": "dns files", "passwd: files": "files dns",
		"hosts:\tfiles # dns": "files",
	} {
		r := newResolver(t, netip.AddrPort{}, map[string]string{"nsswitch.conf": text})
		if got := strings.Join(r.sources(), " "); got != want {
			t.Errorf("%q: %s", text, got)
		}
	}
}
