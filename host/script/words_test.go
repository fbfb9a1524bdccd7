package script

import (
	"reflect"
	"strconv"
	"strings"
	"testing"
)

const connect = `-- title: Connect
-- arg: host address | where
-- arg: port port = 7
-- arg: proto one of tcp|udp = tcp
-- arg: wait seconds = 1
-- arg: more_noise boolean
-- arg: loss number 0..1 =
-- arg: note string =
`

func header(t *testing.T, src string) *Header {
	t.Helper()
	h, err := Parse("x.lua", src)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestRead(t *testing.T) {
	base := Values{"host": "10.0.0.1", "port": 7.0, "proto": "tcp", "wait": 1.0, "more_noise": false}
	for _, c := range []struct {
		words string
		want  Values // over base
	}{
		{"10.0.0.1", Values{}},
		{"--host 10.0.0.1", Values{}},
		{"--host=10.0.0.1 80 udp 2m", Values{"port": 80.0, "proto": "udp", "wait": 120.0}},
		{"80 --host 10.0.0.1", Values{"port": 80.0}},
		{"10.0.0.1 --more-noise", Values{"more_noise": true}},
		{"10.0.0.1 --more_noise=yes", Values{"more_noise": true}},
		{"10.0.0.1 --more-noise --no-more-noise", Values{"more_noise": false}},
		{"10.0.0.1 1 tcp -1", Values{"port": 1.0, "wait": -1.0}},
		{"10.0.0.1 1 tcp 1 0.5 -- --odd", Values{"port": 1.0, "loss": 0.5, "note": "--odd"}},
		{"10.0.0.1 --note -", Values{"note": "-"}},
		{"2001:DB8:0::1", Values{"host": "2001:db8::1"}},
	} {
		want := Values{}
		for _, vs := range []Values{base, c.want} {
			for name, v := range vs {
				want[name] = v
			}
		}
		got, err := header(t, connect).Read(strings.Fields(c.words))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, %v, want %v", c.words, got, err, want)
		}
	}
}

func TestReadErrors(t *testing.T) {
	for _, c := range []struct{ words, want string }{
		{"", "argument 'host' is missing (address: where)"},
		{"10.0.0", "argument 'host': '10.0.0' is not an address"},
		{"10.0.0.1 70000", "argument 'port': '70000' is not a port"},
		{"10.0.0.1 7 tpc", "argument 'proto': 'tpc' is not one of tcp|udp (did you mean 'tcp'?)"},
		{"10.0.0.1 --loss 2", "argument 'loss': '2' is not in 0..1"},
		{"10.0.0.1 --loss nan", "argument 'loss': 'nan' is not in 0..1"},
		{"10.0.0.1 --wait soon", "argument 'wait': 'soon' is not a time in seconds (or 500ms, 2m)"},
		{"10.0.0.1 --more-noise=perhaps", "argument 'more_noise': 'perhaps' is not a boolean"},
		{"10.0.0.1 --prot=7", "unknown flag '--prot' (did you mean '--port'?)"},
		{"10.0.0.1 -port 7", "unknown flag '-port' (did you mean '--port'?)"},
		{"10.0.0.1 --no-port", "unknown flag '--no-port' (did you mean '--port'?)"},
		{"--host", "flag '--host' needs a value (address)"},
		{"10.0.0.1 1 tcp 1 0 note more", "one word too many: 'more'"},
		{"--help", "help wanted"},
		{"-h", "help wanted"},
	} {
		_, err := header(t, connect).Read(strings.Fields(c.words))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s:\ngot  %v\nwant %s", c.words, err, c.want)
		}
	}
}

func TestTypes(t *testing.T) {
	for _, c := range []struct {
		kind, text string
		want       any // nil: refused
	}{
		{"string", "", ""},
		{"integer", "-12", -12.0},
		{"integer", "010", 10.0},
		{"integer", "0x1F", 31.0},
		{"integer", "1.5", nil},
		{"integer", "9007199254740993", nil},
		{"integer 1..", "0", nil},
		{"integer ..5", "-7", -7.0},
		{"number", "1e3", 1000.0},
		{"boolean", "off", false},
		{"address", "fe80::1%eth0", "fe80::1%eth0"},
		{"address", "localhost", nil},
		{"port", "0", 0.0},
		{"port", "-1", nil},
		{"prefix", "10.0.0.0/8", "10.0.0.0/8"},
		{"prefix", "10.0.0.0", nil},
		{"mac", "02-00-00-00-00-0A", "02:00:00:00:00:0a"},
		{"mac", "02:00:00:00:00:00:00:01", nil},
		{"seconds", "1m30s", 90.0},
		{"duration", "0.25", 0.25},
		{"seconds 0..1", "-1", nil},
		{"file", "a b", "a b"},
		{"one of a|b", "b", "b"},
	} {
		typ, err := parseType(c.kind)
		if err != nil {
			t.Fatal(err)
		}
		got, err := typ.Parse(c.text)
		if (err != nil) != (c.want == nil) || err == nil && got != c.want {
			t.Errorf("%s %q: got %v, %v, want %v", c.kind, c.text, got, err, c.want)
		}
	}
}

func TestHelp(t *testing.T) {
	want := `Connect

usage: moonwire run connect HOST [PORT] [PROTO] [WAIT] [--more-noise] [LOSS] [NOTE]

arguments, as flags or in this order:
  --host address      where (required)
  --port port         (default 7)
  --proto tcp|udp     (default tcp)
  --wait seconds      (default 1)
  --more-noise        (no)
  --loss number 0..1
  --note string

needs, on a real network, to
  net 10.0.0.0/8:7  connect and send to 10.0.0.0/8, port 7
  net HOST/udp      connect and send to HOST, by UDP

see: RFC 862

shows:
  hello
    there
`
	got := header(t, connect+"-- needs: net 10.0.0.0/8:7\n-- needs: net HOST/udp\n-- see: RFC 862\n-- shows: hello\n--          there").
		Help("moonwire run connect")
	if got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestSelection(t *testing.T) {
	list := []Candidate{
		{"tutorial/01_tcp_echo", "shipped", &Header{Title: "A TCP server", Categories: []string{"safe", "tcp"}}},
		{"recipes/arp_scan", "shipped", &Header{Title: "ARP scan", About: "every Host of a network", Categories: []string{"safe", "arp", "discovery"}}},
		{"snmp_walk", "installed", &Header{Title: "Walk", Categories: []string{"snmp"}}},
	}
	for _, c := range []struct{ expr, want, strange string }{
		{"", "012", ""},
		{"safe", "01", ""},
		{"safe and not arp", "0", ""},
		{"safe and not dhcp", "01", "dhcp"},
		{"not safe or tcp", "02", ""},
		{"not (safe or tcp)", "2", ""},
		{"snmp or safe and tcp", "02", ""},
		{"snmp or safe and dhcp", "2", "dhcp"},
		{"tutorial", "0", ""},
		{"01_tcp_echo", "0", ""},
		{"tutorial/01_tcp_echo.lua", "0", ""},
		{"*echo", "0", ""},
		{"tutorial/* or snmp_*", "02", ""},
		{"labs/*", "", "labs/*"},
		{"installed", "2", ""},
		{"not not arp", "1", ""},

		// Words that name nothing are looked for in texts; side by side all must be there.
		{"host", "1", ""},
		{"NETWORK host", "1", ""},
		{"server", "0", ""},
		{"safe server", "0", ""},
		{"safe not server", "1", ""},
		{"host or walk", "12", ""},
		{"scan", "1", ""},
		{"sever", "", "sever"},

		// Commas are as in NSE.
		{"arp,snmp_*", "12", ""},
		{"safe and tcp, snmp", "02", ""},
		{"not (arp, tcp)", "2", ""},
		{"safe, not dhcp and snmp", "012", "dhcp"},
	} {
		s, err := ParseSelection(c.expr)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		chosen, strange := s.Of(list)
		for _, i := range chosen {
			got += strconv.Itoa(i)
		}
		if got != c.want || strings.Join(strange, " ") != c.strange {
			t.Errorf("%q: got %q and %q, want %q and %q", c.expr, got, strange, c.want, c.strange)
		}
	}
	for _, c := range []struct{ expr, want string }{
		{"safe and", "selection 'safe and': a word is missing at the end"},
		{"and safe", "selection 'and safe': a word is missing before 'and'"},
		{"safe or or tcp", "selection 'safe or or tcp': a word is missing before 'or'"},
		{"(safe", "selection '(safe': ')' is missing"},
		{"safe)", "selection 'safe)': no '(' stands before ')'"},
		{"[", "selection '[': bad pattern '['"},
		{"safe,", "selection 'safe,': a word is missing at the end"},
		{",safe", "selection ',safe': a word is missing before ','"},
	} {
		if _, err := ParseSelection(c.expr); err == nil || err.Error() != c.want {
			t.Errorf("%q: got %v, want %s", c.expr, err, c.want)
		}
	}
	if _, err := ParseSelection(strings.Repeat("(", 100000)); err == nil {
		t.Error("brackets without end are accepted")
	}
}
