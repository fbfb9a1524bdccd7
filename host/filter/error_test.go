package filter_test

import (
	"errors"
	"net/netip"
	"strings"
	"testing"

	"moonwire/host/filter"
)

func TestErrors(t *testing.T) {
	for _, row := range []struct {
		expression string
		column     int
		reason     string // a part of it
	}{
		{"tpc port 80", 1, "'tpc' needs a word before it that says what it is (did you mean tcp?)"},
		{"tcp prot 80", 5, "between tcp and prot"},
		{"tcp port", 9, "a port's number or name expected, got the end of the expression"},
		{"host 10.0.0.1 and prot 80", 19, "host 'prot' is not known (no such host) (did you mean port?)"},
		{"host 10.0.0.1 and port 80 443", 27, "'and', 'or' or the end expected, got number 443"},
		{"port htp", 6, "did you mean ftp?"},
		{"ip proto tcp", 10, `got the keyword 'tcp' (write \tcp when the name is meant)`},
		{"10.0.0.1", 1, "needs a word before it"},
		{"ip 10.0.0.1", 4, "a word such as host, net, port or proto expected between ip and 10.0.0.1"},
		{"(tcp or udp", 12, "'and', 'or' or ')' expected"},
		{"tcp)", 4, "the end expected, got ')'"},
		{"net 10.0.0.1/24", 5, "outside of its mask 255.255.255.0 (did you mean 10.0.0.0?)"},
		{"net 2001:db8::1/32", 5, "did you mean 2001:db8::?"},
		{"host 10.0.0.1/24", 6, "as in net 10.0.0.0 mask 255.255.255.0"},
		{"host 1:2:3", 6, "1:2:3 is neither a MAC address, which has six parts, nor an IPv6 address"},
		{"host 02:00:00:00:00:01", 6, "ether host 02:00:00:00:00:01"},
		{"ip[2:3] = 1", 1, "1, 2 or 4 bytes can be read at once, not 3"},
		{"ip[0] = 5 and ip[len-1] = 0", 18, "a minus needs spaces around it"},
		{"ip[0] / 0 = 1", 7, "division by zero"},
		{"ip and arp", 1, "no packet can match"},
		{"vlan 4096", 1, "greater than 4095"},
		{"port 65536", 6, "at most 65535"},
		{"portrange 80", 0, ""},
		{"gateway snup", 9, "ether host MAC and not host ADDRESS"},
		{"type mgt", 1, "Ethernet (link type 1)"},
		{"host é", 6, "the character é has no meaning"},
		{"ip or\tö", 7, "the character ö"},
		{strings.Repeat("(", 5000) + "ip", 1001, "nested deeper than 1000 levels"},
		{"host nowhere", 6, "host 'nowhere' is not known (no such host)"},
	} {
		_, err := filter.Compile(row.expression, filter.Options{LinkType: 1, Names: filter.Names{
			Host: func(string) ([]netip.Addr, error) { return nil, errors.New("no such host") },
		}})
		if row.column == 0 {
			if err != nil {
				t.Error(err)
			}
			continue
		}
		var e *filter.Error
		if !errors.As(err, &e) {
			t.Errorf("%.60s: %v", row.expression, err)
			continue
		}
		if e.Column != row.column || !strings.Contains(e.Reason, row.reason) {
			t.Errorf("%.60s: column %d: %s", row.expression, e.Column, e.Reason)
		}
	}
}

func TestErrorPoints(t *testing.T) {
	_, err := filter.Compile("tcp port 80 and\thots 10.0.0.1", filter.Options{LinkType: 1})
	const want = "port 'hots' is not known (did you mean host?) at column 17\n" +
		"  tcp port 80 and hots 10.0.0.1\n" +
		"                  ^"
	if err == nil || err.Error() != want {
		t.Error(err)
	}
}

func TestNames(t *testing.T) {
	names := filter.Names{
		Host: func(name string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("2001:db8::1")}, nil
		},
		Service:  func(name string) (tcp, udp uint16) { return 80, 0 },
		Network:  func(name string) (uint32, bool) { return 10, true },
		Protocol: func(name string) (uint8, bool) { return 6, true },
		MAC:      func(name string) ([6]byte, bool) { return [6]byte{2, 0, 0, 0, 0, 1}, true },
	}
	for named, plain := range map[string]string{
		"host here":          "host 10.0.0.1 or host 2001:db8::1",
		"ip host here":       "ip host 10.0.0.1",
		"ip6 src here":       "ip6 src 2001:db8::1",
		"port intranet":      "tcp port 80",
		"tcp port intranet":  "tcp port 80",
		"net campus":         "net 10.0.0.0/8",
		"ip proto transport": "ip proto 6",
		"ether host here":    "ether host 2:0:0:0:0:1",
		"port ssh":           "tcp port 22",
		"port domain":        "port 53",
		`port \80`:           "port 80",
	} {
		p, err := filter.Compile(named, filter.Options{LinkType: 1, Names: names})
		if err != nil {
			t.Error(err)
		} else if p.Text() != compile(t, 1, plain).Text() {
			t.Errorf("%s isn't %s", named, plain)
		}
	}
}
