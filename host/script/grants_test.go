package script

import (
	"context"
	"net"
	"net/netip"
	"os"
	"testing"

	"moonwire/host/network"
)

const many = `-- arg: host string
-- arg: hosts string =
-- arg: port port = 161
-- arg: way one of udp|tcp = udp
-- arg: network prefix =
-- arg: file file =
-- arg: witness string =
-- arg: try boolean
`

func TestGrants(t *testing.T) {
	for _, c := range []struct {
		needs, want string
		values      Values
	}{
		{"net 10.0.0.0/8:161/udp; raw; read /etc/hosts", "net 10.0.0.0/8:161/udp; raw; read /etc/hosts", nil},
		{"net HOST:161/udp", "net 10.0.0.1:161/udp", Values{"host": "10.0.0.1"}},
		{"net HOST:161/udp", "net 10.0.0.1:1161/udp", Values{"host": "10.0.0.1:1161"}},
		{"net HOST:161/udp", "net [fd00::1]:161/udp", Values{"host": "fd00::1"}},
		{"net HOST:161/udp", "net [fd00::1]:1161/udp", Values{"host": "[fd00::1]:1161"}},
		{"net HOST:161/udp", "net [fe80::1]:161/udp", Values{"host": "fe80::1%eth0"}},
		{"net HOST:161/udp", "net [fe80::1]:5/udp", Values{"host": "[fe80::1%eth0]:5"}},
		{"net HOST:161/udp", "net r2.example.com:161/udp", Values{"host": "r2.example.com"}},
		{"net HOST:161/udp", "", Values{"host": "/tmp/a.snmprec"}},
		{"net HOST:161/udp", "", Values{"host": "10.0.0.1;raw"}},
		{"net HOST:161/udp", "", Values{"host": "2130706433"}},
		{"net HOST:161/udp", "net 10.0.0.1:161/udp; net localhost:161/udp", Values{"host": "10.0.0.1 localhost"}},
		{"raw to HOST", "raw to 10.0.0.1", Values{"host": "10.0.0.1 from any"}},
		{"raw to HOST", "raw to 10.0.0.1", Values{"host": "10.0.0.1"}},
		{"net HOST:PORT/WAY", "net 10.0.0.1:162/tcp", Values{"host": "10.0.0.1", "port": 162.0, "way": "tcp"}},
		{"listen *:PORT/udp", "listen *:162/udp", Values{"port": 162.0}},
		{"listen 127.0.0.1:PORT/udp", "", Values{"port": 0.0}},
		{"net HOSTS/icmp", "net 10.0.0.1/icmp; net 10.0.0.2:5/icmp; net fd00::1/icmp", Values{"hosts": "10.0.0.1, 10.0.0.2:5,fd00::1"}},
		{"net HOSTS/icmp; net HOST", "net 10.0.0.3", Values{"host": "10.0.0.3"}},
		{"net HOSTS/icmp", "", Values{"hosts": ""}},
		{"net HOSTS/icmp; raw if HOSTS", "net 10.0.0.1/icmp; net fd00::1/icmp; raw", Values{"hosts": []any{"10.0.0.1", "fd00::1"}}},
		{"net HOSTS/icmp; raw if HOSTS", "", Values{"hosts": []any{}}},
		{"net 10.0.0.1:PORT/tcp", "net 10.0.0.1:22/tcp; net 10.0.0.1:80/tcp", Values{"port": []any{22.0, 80.0}}},
		{"read FILE", "read a,b; read c", Values{"file": []any{"a,b", "c"}}},
		{"raw on IFACE to NETWORK or LOCAL", "raw on eth0 to 10.0.0.0/24", Values{"network": "10.0.0.0/24", "IFACE": "eth0"}},
		{"raw on IFACE to NETWORK or LOCAL", "raw to 10.9.0.0/24; raw to fd00::/64", Values{"LOCAL": "10.9.0.0/24,fd00::/64"}},
		{"net NETWORK or LOCAL:161/udp", "net 10.9.0.0/24:161/udp", Values{"LOCAL": "10.9.0.0/24"}},
		{"raw on IFACE", "raw", nil},
		{"sniff on WITNESS", "sniff on eth0.100", Values{"witness": "eth0.100"}},
		{"read FILE; write FILE.out", "read a b.txt; write a b.txt.out", Values{"file": "a b.txt"}},
		{"read FILE", "", nil},
		{"read ./FILE; env HOME; run NMAP; read docs/README", "env HOME; run NMAP; read docs/README", nil},
		{"raw if TRY; net 127.0.0.1:PORT/udp if TRY", "raw; net 127.0.0.1:162/udp", Values{"try": true, "port": 162.0}},
		{"raw if TRY; sniff", "sniff", Values{"try": false}},
		{"net [FD00::1]:5; net *", "net [fd00::1]:5; net *", nil},
	} {
		h, err := Parse("x.lua", many+"-- needs: "+c.needs)
		if err != nil {
			t.Errorf("%s: %v", c.needs, err)
			continue
		}
		if got, err := h.Grants(c.values); err != nil || got.String() != c.want {
			t.Errorf("%s with %v: %s, %v; want %s", c.needs, c.values, got, err, c.want)
		}
	}
}

// town is a network of one interface, where names have addresses.
type town struct{ network.Network }

func (town) Interfaces() ([]network.Interface, error) {
	return []network.Interface{
		{Name: "lo", Flags: net.FlagUp | net.FlagLoopback, Addrs: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/8")}},
		{Name: "eth0", Flags: net.FlagUp, Addrs: []netip.Prefix{netip.MustParsePrefix("10.0.0.7/24"), netip.MustParsePrefix("fe80::7/64")}},
		{Name: "eth1", Flags: net.FlagUp, Addrs: []netip.Prefix{netip.MustParsePrefix("10.1.0.7/24")}},
	}, nil
}

func (town) LookupHost(_ context.Context, name string, _ network.Family) (network.Host, error) {
	if name != "router.example" {
		return network.Host{}, os.ErrNotExist
	}
	return network.Host{Addrs: []netip.Addr{netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("fd00::1")}}, nil
}

func TestGrantsIn(t *testing.T) {
	for _, c := range []struct{ needs, iface, want string }{
		{"raw on IFACE to LOCAL", "", "raw to 10.0.0.0/24; raw to fe80::/64"},
		{"raw on IFACE to LOCAL", "eth1", "raw on eth1 to 10.1.0.0/24"},
		{"raw on IFACE to LOCAL", "eth9", ""},
		{"net HOST:161/udp", "", "net router.example:1161/udp; net 10.0.0.1:1161/udp; net [fd00::1]:1161/udp"},
		{"raw to HOST", "eth0", "raw to 10.0.0.1:1161; raw to [fd00::1]:1161"},
		{"net HOSTS", "", "net nobody.example; net *.example"},
	} {
		h, err := Parse("x.lua", many+"-- needs: "+c.needs)
		if err != nil {
			t.Fatal(err)
		}
		v := Values{"host": "router.example:1161", "hosts": "nobody.example,*.example"}
		got, err := h.GrantsIn(context.Background(), town{}, c.iface, v)
		if err != nil || got.String() != c.want {
			t.Errorf("%s: %s, %v; want %s", c.needs, got, err, c.want)
		}
		if v["LOCAL"] != nil {
			t.Error("the script's own values have changed")
		}
	}
}

func TestNeedWords(t *testing.T) {
	for needs, want := range map[string]string{
		"net HOST:161/udp":                 "connect and send to HOST, port 161, by UDP",
		"net 10.0.0.0/8":                   "connect and send to 10.0.0.0/8",
		"net *:80/tcp":                     "connect and send to any address, port 80, by TCP",
		"listen *:PORT/udp":                "listen on any address, port PORT, by UDP",
		"raw":                              "send and receive whole frames",
		"raw on IFACE to NETWORK or LOCAL": "send and receive whole frames on the chosen interface to NETWORK or the networks of the interface",
		"raw to 10.0.0.0/8:67/udp from any if TRY": "send and receive whole frames to 10.0.0.0/8, port 67, by UDP from any address, when try is given",
		"read FILE": "read FILE",
		"resolve":   "look up any name",
		"rate 5/s":  "send and connect at most 5 times a second",
	} {
		h, err := Parse("x.lua", many+"-- needs: "+needs)
		if err != nil {
			t.Fatal(err)
		}
		if got := h.Needs[0].Words(); got != want {
			t.Errorf("%s: %s", needs, got)
		}
	}
}
