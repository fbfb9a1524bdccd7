package layers_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// Lists are shown as Lua would have them, with the names of numbers.
func TestListText(t *testing.T) {
	for _, c := range []struct {
		part        part
		field, want string
	}{
		{l("lldp", "tlvs", li(re("type", 1, "subtype", 4, "id", "02:00:00:00:00:01"), re("type", 7, "available", 16))), "tlvs",
			`{{type="chassis id", subtype="MAC address", id="02:00:00:00:00:01"}, {type="system capabilities", available="router", enabled=""}}`},
		{l("ospf_lsreq", "requests", li(re("type", 5))), "requests", `{{type="external", id="1.1.1.1", adrouter="1.1.1.1"}}`},
		{l("ospf_hello", "neighbors", li("2.2.2.2")), "neighbors", `{"2.2.2.2"}`},
		{l("sctp_init", "params", li(re("type", "addrtypes", "addr_type_list", li(5, 6)))), "params", `{{type="addrtypes", addr_type_list={5, 6}}}`},
		{l("radius", "attributes", li(re("type", 64, "tag", 1, "value", 13))), "attributes", `{{type="Tunnel-Type", tag=1, value="VLAN"}}`},
	} {
		p := layer(t, c.part.layer, c.part.fields)
		f, err := p.Layer(0).Field(c.field)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Layer(0).Text(f); got != c.want {
			t.Errorf("%s.%s: %s, want %s", c.part.layer, c.field, got, c.want)
		}
	}
}

// What is cut short or lies about its length stays as bytes, and the reason is told where a layer can't be read.
func TestMalformedCarriers(t *testing.T) {
	for _, c := range []struct{ layer, wire, names, reason string }{
		{"gre", "3000", "raw", "gre: cut short"},
		{"gre", "b0000800", "raw", "gre: cut short"},                                 // the optional fields are missing
		{"vxlan", "08000000", "raw", "vxlan: cut short"},                             // no vni
		{"geneve", "0200080000000000", "raw", "geneve: cut short"},                   // two words of options announced
		{"mpls", "000030", "raw", "mpls: cut short"},                                 // three bytes
		{"vrrp", "210101640200000100000a000001", "raw", "vrrp: addrlist: cut short"}, // two addresses announced
		{"lldp", "0207040200", "lldp", ""},                                           // a TLV longer than the frame is a last entry of bytes
		{"pppoe", "1100123400ff0021", "pppoe ppp", ""},                               // a length beyond the frame
		{"lcp", "01010002", "lcp", ""},                                               // a length below the header's
		{"eap", "02010003", "raw", "eap: cut short"},                                 // no type
		{"sctp_data", "00030002000000010000000000000000", "sctp_data", ""},           // a length below the header's
		{"sctp", "0001000200000000000000000a", "sctp raw", ""},                       // one byte is no chunk
		{"ospf", "0201", "raw", "ospf: cut short"},
		{"ospf_lsupd", "0000000900010001", "raw", "ospf_lsupd: a list entry is cut short"}, // nine LSAs announced
		{"radius", "0101001400000000000000000000000000000000" + "0101", "radius padding", ""},
		{"radius", "0101001600000000000000000000000000000000" + "0101", "radius", ""}, // an attribute of length 1
		{"cdp", "02b4000000020000", "cdp", ""},
	} {
		t.Run(c.layer+" "+c.wire, func(t *testing.T) { malformedAs(t, c.layer, c.wire, c.names, c.reason) })
	}
}

func malformedAs(t *testing.T, first, wire, names, reason string) {
	reg := layers.Registry()
	pr, err := reg.Lookup(first)
	if err != nil {
		t.Fatal(err)
	}
	b, err := hex.DecodeString(wire)
	if err != nil {
		t.Fatal(err)
	}
	p := packet.Decode(reg, b, pr)
	var got []string
	for i := range p.Len() {
		got = append(got, p.Layer(i).Protocol().Name)
	}
	if strings.Join(got, " ") != names || p.Reason() != reason {
		t.Errorf("decoded as %v (%s), want %s (%s)", got, p.Reason(), names, reason)
	}
	if again := hex.EncodeToString(p.Build()); again != wire {
		t.Errorf("built again as %s", again)
	}
}
