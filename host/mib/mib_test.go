package mib_test

import (
	"testing"

	"moonwire/host/mib"
	"moonwire/host/snmp/oid"
)

// Values of the conventions in RFC 2579 and RFC 4001, and the text that their display hints give.
func TestOctets(t *testing.T) {
	for _, tt := range []struct {
		hint, octets, text string
	}{
		{"255a", "R2", "R2"},
		{"255t", "Z\xc3\xbcrich", "Zürich"},
		{"1x:", "\x00\x50\x56\x0a\x0b\x0c", "00:50:56:0a:0b:0c"},
		{"2d-1d-1d,1d:1d:1d.1d,1a1d:1d", "\x07\xc8\x05\x1a\x0d\x1e\x0f\x00\x2d\x04\x00", "1992-5-26,13:30:15.0,-4:0"},
		{"2d-1d-1d,1d:1d:1d.1d,1a1d:1d", "\x07\xc8\x05\x1a\x0d\x1e\x0f\x00", "1992-5-26,13:30:15.0"},
		{"1d.1d.1d.1d", "\x0a\x00\x00\x01", "10.0.0.1"},
		{"1d.1d.1d.1d/2d", "\x0a\x00\x00\x01\x00\xa1", "10.0.0.1/161"}, // SnmpUDPAddress
		{"0a[2x:2x:2x:2x:2x:2x:2x:2x]0a:2d", "\xfe\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\xa1", // TransportAddressIPv6
			"[fe80:0000:0000:0000:0000:0000:0000:0001]:161"},
		{"*1x:/1x:", "\x02\xaa\xbb\xcc\xdd", "aa:bb:/cc:dd"}, // SnmpOSIAddress, as net-snmp has it too
		{"*1d.,3a", "\x03\x01\x02\x03abc", "1.2.3.,abc"},
		{"1o", "\x08\x07", "107"},
	} {
		s := &mib.Syntax{Base: mib.OctetString, Hint: tt.hint}
		if got := s.OctetsText([]byte(tt.octets)); got != tt.text {
			t.Errorf("%s of % x: %q, want %q", tt.hint, tt.octets, got, tt.text)
		}
		if tt.hint == "1o" {
			continue // nothing parts its octets
		}
		if back, err := s.ParseOctets(tt.text); err != nil || string(back) != tt.octets {
			t.Errorf("%s of %q: % x, %v, want % x", tt.hint, tt.text, back, err, tt.octets)
		}
	}
}

// Hints that no MIB should have, and values that end early.
func TestOddHints(t *testing.T) {
	for _, tt := range []struct{ hint, octets, text string }{
		{"1", "ab", "ab"},
		{"q", "ab", "ab"},
		{"99999999d", "\x01", "01"},
		{"a", "ab", "ab"},
		{"*", "ab", "ab"},
		{"0a[", "ab", "["},
		{"1x:", "", ""},
		{"1d.1d.1d.1d", "\x0a\x00", "10.0"},
		{"*1x:/", "\x05\x01", "01"},
		{"255a", "a\x1b[2J\xff", "a.[2J."},
	} {
		s := &mib.Syntax{Base: mib.OctetString, Hint: tt.hint}
		if got := s.OctetsText([]byte(tt.octets)); got != tt.text {
			t.Errorf("%q of % x: %q, want %q", tt.hint, tt.octets, got, tt.text)
		}
	}
}

func TestNumbers(t *testing.T) {
	status := []mib.Enum{{Name: "up", Value: 1}, {Name: "down", Value: 2}}
	for _, tt := range []struct {
		syntax mib.Syntax
		n      int64
		text   string
	}{
		{mib.Syntax{Hint: "d"}, -5, "-5"},
		{mib.Syntax{Hint: "d-2"}, 1234, "12.34"},
		{mib.Syntax{Hint: "d-2"}, -5, "-0.05"},
		{mib.Syntax{Hint: "d-1"}, 250, "25.0"},
		{mib.Syntax{Hint: "x"}, 255, "ff"},
		{mib.Syntax{Hint: "o"}, 8, "10"},
		{mib.Syntax{Hint: "b"}, 5, "101"},
		{mib.Syntax{Enums: status}, 2, "down"},
		{mib.Syntax{}, 7, "7"},
	} {
		s := tt.syntax
		s.Base = mib.Integer32
		if got := s.IntText(tt.n); got != tt.text {
			t.Errorf("%v: %d is %q, want %q", s, tt.n, got, tt.text)
		}
		if back, err := s.ParseInt(tt.text); err != nil || back != tt.n {
			t.Errorf("%v: %q is %d, %v, want %d", s, tt.text, back, err, tt.n)
		}
	}
	s := mib.Syntax{Name: "Status", Base: mib.Integer32, Enums: status}
	if got := s.IntText(9); got != "9" {
		t.Errorf("a number without a name: %q", got)
	}
	if n, err := s.ParseInt("down(2)"); n != 2 || err != nil {
		t.Errorf("down(2): %d, %v", n, err)
	}
	for _, wrong := range []string{"dwon", "9", "up(2)", ""} {
		if n, err := s.ParseInt(wrong); err == nil {
			t.Errorf("%q: %d", wrong, n)
		}
	}
}

func TestBits(t *testing.T) {
	s := &mib.Syntax{Name: "Services", Base: mib.Bits, Enums: []mib.Enum{{Name: "a", Value: 0}, {Name: "b", Value: 3}, {Name: "c", Value: 9}}}
	if got := s.OctetsText([]byte{0x90, 0x41}); got != "a, b, c, 15" {
		t.Errorf("got %q", got)
	}
	if b, err := s.ParseOctets("b c"); err != nil || string(b) != "\x10\x40" {
		t.Errorf("b c: % x, %v", b, err)
	}
	if b, err := s.ParseOctets(""); err != nil || string(b) != "\x00\x00" {
		t.Errorf("none: % x, %v", b, err)
	}
	if _, err := s.ParseOctets("d"); err == nil {
		t.Error("d is no bit of it")
	}
}

func TestAddresses(t *testing.T) {
	for _, tt := range []struct {
		kind   int64
		octets string
		text   string
	}{
		{mib.InetIPv4, "\x0a\x00\x00\x01", "10.0.0.1"},
		{mib.InetIPv6, "\x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01", "2001:db8::1"},
		{mib.InetIPv4z, "\x0a\x00\x00\x01\x00\x00\x00\x02", "10.0.0.1%2"},
		{mib.InetIPv6z, "\xfe\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x02", "fe80::1%2"},
		{mib.InetDNS, "r2.example", "r2.example"},
	} {
		if got := mib.InetAddressText(tt.kind, []byte(tt.octets)); got != tt.text {
			t.Errorf("type %d, % x: %q, want %q", tt.kind, tt.octets, got, tt.text)
		}
		if kind, b := mib.ParseInetAddress(tt.text); kind != tt.kind || string(b) != tt.octets {
			t.Errorf("%q: type %d, % x", tt.text, kind, b)
		}
	}
}

var (
	number   = &mib.Syntax{Base: mib.Integer32}
	variable = &mib.Syntax{Base: mib.OctetString}
	fixed    = &mib.Syntax{Base: mib.OctetString, Hint: "1x:", Sizes: []mib.Range{{Min: 6, Max: 6}}}
	inetType = &mib.Syntax{Name: "InetAddressType", Base: mib.Integer32, Enums: []mib.Enum{{Name: "ipv4", Value: 1}, {Name: "ipv6", Value: 2}}}
	inet     = &mib.Syntax{Name: "InetAddress", Base: mib.OctetString, Sizes: []mib.Range{{Min: 0, Max: 255}}}
	ident    = &mib.Syntax{Base: mib.ObjectIdentifier}
	address  = &mib.Syntax{Base: mib.IpAddress}
	old      = &mib.Syntax{Name: "NetworkAddress", Base: mib.IpAddress}
)

func row(implied bool, syntaxes ...*mib.Syntax) *mib.Node {
	n := &mib.Node{Name: "entry", Module: "M", Kind: mib.Row}
	for i, s := range syntaxes {
		n.Index = append(n.Index, mib.Index{Ref: mib.Ref{Module: "M", Name: "part"}, Syntax: s, Implied: implied && i == len(syntaxes)-1})
	}
	return n
}

// RFC 2578 section 7.7.
func TestIndex(t *testing.T) {
	for _, tt := range []struct {
		name  string
		row   *mib.Node
		index string
		texts []string
		in    string
	}{
		{"a number", row(false, number), "7", []string{"7"}, "[7]"},
		{"a string with its length", row(false, variable), "3.97.98.99", []string{"abc"}, `["abc"]`},
		{"an implied string", row(true, number, variable), "3.97.98.99", []string{"3", "abc"}, `[3]["abc"]`},
		{"bytes", row(false, variable), "3.0.34.255", []string{"00 22 FF"}, `["\000\"\255"]`},
		{"an empty string", row(false, variable), "0", []string{""}, `[""]`},
		{"a string of fixed length", row(false, fixed, number), "0.80.86.10.11.12.5", []string{"00:50:56:0a:0b:0c", "5"}, "[00:50:56:0a:0b:0c][5]"},
		{"an IP address", row(false, address), "10.0.0.1", []string{"10.0.0.1"}, "[10.0.0.1]"},
		{"a network address", row(false, number, old), "2.1.10.0.0.1", []string{"2", "10.0.0.1"}, "[2][10.0.0.1]"},
		{"an Internet address", row(false, inetType, inet), "1.4.10.0.0.1", []string{"ipv4", "10.0.0.1"}, "[ipv4][10.0.0.1]"},
		{"an OID", row(false, ident, number), "3.1.3.6.9", []string{"1.3.6", "9"}, "[1.3.6][9]"},
		{"an implied OID", row(true, ident), "1.3.6", []string{"1.3.6"}, "[1.3.6]"},
	} {
		o := numbers(tt.index)
		parts, err := tt.row.DecodeIndex(o)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		for i, p := range parts {
			if p.Text() != tt.texts[i] {
				t.Errorf("%s: part %d is %q, want %q", tt.name, i, p.Text(), tt.texts[i])
			}
		}
		if got := mib.IndexText(parts); got != tt.in {
			t.Errorf("%s: in brackets %s, want %s", tt.name, got, tt.in)
		}
		if tt.name == "bytes" {
			continue // their text can't be told from text
		}
		if back, err := tt.row.EncodeIndex(tt.texts...); err != nil || back.String() != tt.index {
			t.Errorf("%s: encoded %s, %v, want %s", tt.name, back, err, tt.index)
		}
	}
}

func TestBadIndex(t *testing.T) {
	for _, tt := range []struct {
		name  string
		row   *mib.Node
		index oid.OID
	}{
		{"nothing", row(false, number), nil},
		{"more than the index", row(false, number), oid.OID{1, 2}},
		{"a length beyond the end", row(false, variable), oid.OID{4, 97, 98}},
		{"a length of 32 bits", row(false, variable), oid.OID{4294967295, 97}},
		{"no octet", row(false, variable), oid.OID{1, 256}},
		{"too short for its size", row(false, fixed), oid.OID{1, 2, 3}},
		{"no index at all", row(false), oid.OID{1}},
	} {
		if parts, err := tt.row.DecodeIndex(tt.index); err == nil {
			t.Errorf("%s: %v", tt.name, parts)
		}
	}
}

func numbers(s string) oid.OID {
	o := oid.MustParse("1." + "3." + s) // numbers alone need not be an OID
	return o[2:]
}

// A name that modules give to different OIDs is that of the core modules, or else of none.
func TestAmbiguous(t *testing.T) {
	node := func(module, name string, sub uint32) *mib.Node {
		return &mib.Node{Name: name, Module: module, OID: oid.OID{1, 3, sub}, Kind: mib.Scalar}
	}
	tree := mib.New(mib.NewSet(
		&mib.Module{Name: "SNMPv2-MIB", Nodes: []*mib.Node{node("SNMPv2-MIB", "sysName", 1)}},
		&mib.Module{Name: "A-MIB", Nodes: []*mib.Node{node("A-MIB", "port", 2), node("A-MIB", "same", 4)}}))
	tree.Add(&mib.Module{Name: "B-MIB", Nodes: []*mib.Node{node("B-MIB", "port", 3), node("B-MIB", "sysName", 5), node("B-MIB", "same", 4)}})
	if n, err := tree.Find("sysName"); err != nil || n.Module != "SNMPv2-MIB" {
		t.Errorf("sysName: %v, %v", n, err)
	}
	if n, err := tree.Find("B-MIB::sysName"); err != nil || n.Module != "B-MIB" {
		t.Errorf("B-MIB::sysName: %v, %v", n, err)
	}
	if n, err := tree.Find("same"); err != nil || n.Module != "B-MIB" {
		t.Errorf("same: %v, %v; the file's comes before the base's", n, err)
	}
	_, err := tree.Find("port")
	if want := "'port' is the name of several objects: write B-MIB::port (1.3.3) or A-MIB::port (1.3.2)"; err == nil || err.Error() != want {
		t.Errorf("port: %v, want %s", err, want)
	}
}

// Modules may be added while others ask, and take the place of those before them.
func TestAdd(t *testing.T) {
	tree := mib.New(nil)
	module := func(name string, sub uint32) *mib.Module {
		return &mib.Module{Name: name, Nodes: []*mib.Node{{Name: "n" + name, Module: name, OID: oid.OID{1, 3, sub}, Kind: mib.Identifier}}}
	}
	done := make(chan bool)
	go func() {
		defer close(done)
		for i := range uint32(200) {
			tree.Add(module(string(rune('A'+i%26)), i))
		}
	}()
	for range 200 {
		tree.Name(oid.OID{1, 3, 5, 1})
		tree.Named("nA")
		tree.Below(oid.OID{1, 3})
		tree.Modules()
	}
	<-done
	if n, err := tree.Find("nA"); err != nil || n.OID.String() != "1.3.182" {
		t.Errorf("nA: %v, %v", n, err)
	}
	if n := tree.At(oid.OID{1, 3, 0}); n != nil {
		t.Errorf("what was replaced is still there: %v", n)
	}
	if got := len(tree.Modules()); got != 26 {
		t.Errorf("%d modules", got)
	}
}
