package network

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
)

func TestParseIPv4TakesEveryFormOfC(t *testing.T) {
	for text, want := range map[string]string{
		"127.0.0.1": "127.0.0.1", "127.1": "127.0.0.1", "0x7f000001": "127.0.0.1", "0177.0.0.1": "127.0.0.1", "2130706433": "127.0.0.1",
		"1.2.65535": "1.2.255.255", "1.16777215": "1.255.255.255", "0": "0.0.0.0", "0X7F.1": "127.0.0.1",
		"": "", "256.1.1.1": "", "1.2.65536": "", "4294967296": "", "08": "", "0x": "", "1..2": "", "1.2.3.4.5": "", "1.2.3.4 ": "",
		"+1": "", "-1": "", "1_0": "", "a.b": "", "1.": "",
	} {
		a, ok := parseIPv4(text)
		if ok != (want != "") || ok && a.String() != want {
			t.Errorf("%q: got %v, %v; want %q", text, a, ok, want)
		}
	}
}

func TestGetAddrInfoWithoutNames(t *testing.T) {
	type row struct {
		host, service string
		h             Hints
		want          string // first result
		code          GAICode
	}
	for _, r := range []row{
		{"127.0.0.1", "80", Hints{}, "127.0.0.1:80", 0},
		{"::1", "*", Hints{SockType: SockStream}, "[::1]:0", 0},
		{"*", "8080", Hints{SockType: SockStream, Family: AFInet, Flags: AIPassive}, "0.0.0.0:8080", 0},
		{"*", "8080", Hints{SockType: SockStream, Family: AFInet6}, "[::1]:8080", 0},
		{"10.0.13.2", "80", Hints{Family: AFInet6, Flags: AIV4Mapped}, "[::ffff:10.0.13.2]:80", 0},
		{"::ffff:10.0.13.2", "80", Hints{Family: AFInet}, "10.0.13.2:80", 0},
		{"127.0.0.1", "70000", Hints{}, "", EAIService},
		{"127.0.0.1", "-1", Hints{}, "", EAIService},
		{"127.0.0.1", "80", Hints{SockType: SockRaw}, "", EAIService},
		{"127.0.0.1", "80", Hints{SockType: 77}, "", EAISockType},
		{"127.0.0.1", "80", Hints{Family: 9}, "", EAIFamily},
		{"127.0.0.1", "80", Hints{Flags: 1 << 11}, "", EAIBadFlags},
		{"*", "80", Hints{Flags: AICanonName}, "", EAIBadFlags},
		{"*", "*", Hints{}, "", EAINoName},
		{"127.0.0.1", "http", Hints{Flags: AINumericServ}, "", EAINoName},
		{"localhost", "80", Hints{Flags: AINumericHost}, "", EAINoName},
		{"::1", "80", Hints{Family: AFInet}, "", EAIAddrFamily},
		{"127.0.0.1", "80", Hints{Family: AFInet6}, "", EAIAddrFamily},
		{"fe80::1%", "80", Hints{}, "", EAINoName},
		{"", "80", Hints{}, "", EAINoName},
	} {
		list, err := GetAddrInfo(t.Context(), r.host, r.service, r.h)
		var gai *GAIError
		switch errors.As(err, &gai); {
		case r.code != 0:
			if gai == nil || gai.Code != r.code {
				t.Errorf("%q %q %+v: got %v, want %v", r.host, r.service, r.h, err, r.code)
			}
		case err != nil:
			t.Errorf("%q %q %+v: %v", r.host, r.service, r.h, err)
		case list[0].Addr.String() != r.want:
			t.Errorf("%q %q %+v: got %v, want %v", r.host, r.service, r.h, list[0].Addr, r.want)
		}
	}
}

func TestUsualServicesParse(t *testing.T) {
	names := map[string]uint16{"http": 80, "www": 80, "smtp": 25, "ftp": 21, "echo": 7, "snmptrap": 162, "domain": 53}
	for line := range strings.Lines(usualServices) {
		s, ok := parseService(line)
		if !ok && line != "\n" {
			t.Errorf("%q isn't a service", line)
		}
		for name, port := range names {
			if ok && s.has(name) && s.port != port {
				t.Errorf("%s is %d", name, s.port)
			}
		}
	}
}

// TestAddrOrder has the rules of RFC 6724 section 6 that sortAddrs follows, one row each.
func TestAddrOrder(t *testing.T) {
	c := func(dst, src string) candidate {
		c := candidate{dst: netip.MustParseAddr(dst)}
		if src != "" {
			c.src, c.usable, c.onLink = netip.MustParseAddr(src), true, true
		}
		return c
	}
	for _, r := range []struct {
		rule          string
		first, second candidate
	}{
		{"1: reachable", c("10.0.0.1", "10.0.0.2"), c("2001:db8::1", "")},
		{"2: same scope", c("10.0.0.1", "10.0.0.2"), c("2001:db8::1", "fe80::2")},
		{"5: same label", c("10.0.0.1", "10.0.0.2"), c("2001:db8::1", "2002:1::2")},
		{"6: precedence", c("2001:db8::1", "2001:db8::2"), c("10.0.0.1", "10.0.0.2")},
		{"6: ULA before IPv4", c("fd00::1", "fd00::2"), c("10.0.0.1", "10.0.0.2")},
		{"8: smaller scope", c("fe80::1", "fe80::2"), c("2001:db8::1", "2001:db8::2")},
		{"9: longer prefix", c("2001:db8:1::1", "2001:db8:1::2"), c("2001:db8:2::1", "2001:db8:1::2")},
		{"9: longer prefix in an IPv4 subnet", c("10.0.0.3", "10.0.0.2"), c("10.0.0.77", "10.0.0.2")},
	} {
		if r.first.compare(r.second) >= 0 || r.second.compare(r.first) <= 0 {
			t.Errorf("rule %s: %v and %v", r.rule, r.first.compare(r.second), r.second.compare(r.first))
		}
	}
}
