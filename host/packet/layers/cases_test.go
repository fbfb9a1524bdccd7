package layers_test

import (
	"bytes"
	"encoding/hex"
	"os"
	"slices"
	"strings"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// A wireCase is a packet and what others call it. The plain tests build, decode and build it again; the interop tests
// hold its bytes against Scapy's and its fields against tshark's.
type wireCase struct {
	name  string
	stack []part
	scapy string // a Python expression for the same packet; "": Scapy 2.5 has no such layer, the comment says so
	setup string // Python to run once before: load_contrib("mpls")
	// shown are display names of tshark and what `tshark -T fields` prints for them, several joined by commas: for
	// what is no field of a table, as options. The fields of the tables are compared without being named here.
	shown map[string]string
	// silent are display names that tshark does not show, or shows otherwise, in this packet. The comment says why.
	silent []string
	prefs  []string // tshark preferences: "decode_as" and others that it must have, as "udp.port==7777,vxlan"
	expert bool     // tshark rightly complains: the packet is wrong on purpose
	wild   bool     // of random values, which tshark is not asked about
}

// A part is one layer, or bytes.
type part struct {
	layer  string
	fields packet.Record
	bytes  string
}

// l is a layer with fields by name and value in turn.
func l(layer string, fields ...any) part {
	p := part{layer: layer}
	for i := 0; i < len(fields); i += 2 {
		p.fields = append(p.fields, packet.Entry{Name: fields[i].(string), Value: fields[i+1]})
	}
	return p
}

// b is bytes.
func b(s string) part { return part{bytes: s} }

// li is a list.
func li(values ...any) []packet.Value {
	list := make([]packet.Value, len(values))
	for i, v := range values {
		list[i] = v
	}
	return list
}

// re is a record with names and values in turn.
func re(entries ...any) packet.Record { return l("", entries...).fields }

// ether is an Ethernet header with fixed addresses, and Scapy's words for it.
func ether() part {
	return l("eth", "dst", "02:00:00:00:00:02", "src", "02:00:00:00:00:01")
}

const (
	scapyEther = `Ether(dst="02:00:00:00:00:02",src="02:00:00:00:00:01")`
	scapyIP    = scapyEther + `/IP(src="10.0.0.1",dst="10.0.0.2")`
	scapyIP6   = scapyEther + `/IPv6(src="fd00::1",dst="fd00::2")`
)

// over4 is parts in IPv4 in Ethernet, over6 in IPv6: scapyIP and scapyIP6.
func over4(parts ...part) []part {
	return append([]part{ether(), l("ip", "src", "10.0.0.1", "dst", "10.0.0.2")}, parts...)
}

func over6(parts ...part) []part {
	return append([]part{ether(), l("ipv6", "src", "fd00::1", "dst", "fd00::2")}, parts...)
}

// wireCases are the cases of all layers.
func wireCases() []wireCase {
	return slices.Concat(
		dhcpCases(),
		snmpCases(),
		sflowCases(),
		httpCases(),
		tlsCases(),
		ntpCases(),
		tftpCases(),
		dhcp6Cases(),
		dnsCases(),
		baseCases(), etherCases(), ipCases(), ip6Cases(), icmpCases(), icmp6Cases(), igmpCases(), tcpCases(), randomCases(),
		tunnelCases(),
		routerCases(),
		linkCases(), cdpCases(),
		pppCases(),
		radiusCases(),
		ospfCases(),
		sctpCases(),
		eapCases(),
		geneveCases(),
	)
}

// build stacks a case's layers and builds them.
func (c wireCase) build(t testing.TB) *packet.Packet {
	t.Helper()
	reg := layers.Registry()
	var p *packet.Packet
	for _, part := range c.stack {
		q := packet.RawOf(reg, part.bytes)
		if part.layer != "" {
			q = layer(t, part.layer, part.fields)
		}
		if p == nil {
			p = q
		} else {
			p = packet.Stack(p, q)
		}
	}
	p.Build()
	return p
}

// recorded are the bytes that Scapy built for the cases, by name: testdata/wire.txt, which the interop tests write with
// -update.
func recorded(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/wire.txt")
	if err != nil {
		t.Fatal(err)
	}
	wires := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if part := strings.Split(strings.TrimSpace(line), "\t"); len(part) == 3 {
			wires[part[0]] = part[2]
		}
	}
	return wires
}

func TestCasesBuildAndDecode(t *testing.T) {
	wires, names := recorded(t), map[string]bool{}
	for _, c := range wireCases() {
		if names[c.name] && !c.wild {
			t.Errorf("two cases of the name %q", c.name)
		}
		names[c.name] = true
		t.Run(c.name, func(t *testing.T) {
			p := c.build(t)
			built := bytes.Clone(p.Raw())
			if want := wires[c.name]; want != "" && hex.EncodeToString(built) != want {
				t.Errorf("\nbuilt %x\nscapy %s", built, want)
			}
			q := packet.Decode(layers.Registry(), bytes.Clone(built), p.Layer(0).Protocol())
			for i := range c.stack {
				if c.wild {
					break // random lengths and types make other layers
				}
				if i >= q.Len() || c.stack[i].layer != "" && q.Layer(i).Protocol() != p.Layer(i).Protocol() {
					t.Fatalf("layer %d is not decoded as %s (%s)", i, c.stack[i].layer, q.Reason())
				}
				sameFields(t, q.Layer(i), p.Layer(i))
			}
			if again := q.Build(); !bytes.Equal(again, built) {
				t.Errorf("\nagain %x\nbuilt %x", again, built)
			}
		})
	}
}

// sameFields holds each field of a decoded layer against what was built, and sets it to what it is: nothing may change.
func sameFields(t *testing.T, got, want packet.Context) {
	t.Helper()
	if want.Protocol().Name == "raw" {
		return
	}
	for i := range want.Protocol().Fields {
		f := &want.Protocol().Fields[i]
		if g, w := got.Text(f), want.Text(f); g != w {
			t.Errorf("%s.%s decoded as %s, built as %s", want.Protocol().Name, f.Name, g, w)
		}
		if v := got.Value(f); v != nil {
			if err := got.SetField(f, v); err != nil {
				t.Errorf("setting %s.%s to what it is: %v", want.Protocol().Name, f.Name, err)
			}
		}
	}
}
