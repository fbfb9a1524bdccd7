package dhcp6_test

import (
	"bytes"
	"encoding/hex"
	"net/netip"
	"testing"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/packet"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// wires are messages, cut at their fields' borders, and what their options say.
var wires = []struct{ name, wire, want string }{
	{"solicit", "01" + "000001" + "0001000a" + "0003" + "0001" + "020000000001" + "00080002" + "0064" + "0006000600170018" + "1267" + "000e0000" + "0003000c" + "00000007" + "00000000" + "00000000",
		`{client_id="00:03:00:01:02:00:00:00:00:01", elapsed_time=1, option_request={"dns_servers", "domain_search", 4711}, rapid_commit=true, ia_na={{iaid=7, t1=0, t2=0, addresses={}}}}`},
	{"reply", "07" + "000001" + "00030034" + "00000007" + "0000000a" + "00000014" + "00050024" + "fd000000000000000000000000000009" + "0000001e" + "ffffffff" + "000d0008" + "0002" + "66756c6c2121" +
		"00190029" + "00000008" + "00000001" + "00000002" + "001a0019" + "00000003" + "00000004" + "38" + "fd010000000000000000000000000000",
		`{ia_na={{iaid=7, t1=10, t2=20, addresses={{address="fd00::9", preferred_lifetime=30, valid_lifetime=+Inf, status={code="NoAddrsAvail", message="full!!"}}}}}, ` +
			`ia_pd={{iaid=8, t1=1, t2=2, prefixes={{preferred_lifetime=3, valid_lifetime=4, prefix="fd01::/56"}}}}}`},
	{"services", "07" + "000001" + "00270007" + "05" + "04686f737400" + "00380022" + "00010010" + "fd000000000000000000000000000001" + "00030004" + "026e7400" + "00090002" + "6162" + "0011000b" + "00000009" + "00010003" + "616263",
		`{client_fqdn={flags="SN", name="host."}, ntp_server={{{server="fd00::1"}, {name="nt"}, {code=9, data="ab"}}}, vendor_options={{enterprise=9, options={{code=1, data="abc"}}}}}`},
	{"unknown and empty", "0b" + "ffffff" + "12670002" + "6162" + "00140000" + "000f0000", `{option_4711="ab", reconfigure_accept=true, user_class={}}`},
}

// TestWire reads messages, and writes what they say and what they are.
func TestWire(t *testing.T) {
	t.Parallel()
	for _, tt := range wires {
		b := unhex(t, tt.wire)
		m, err := dhcp6.Decode(b)
		if err != nil || len(m.Problems) > 0 {
			t.Errorf("%s: %v %v", tt.name, err, m)
			continue
		}
		if got := packet.TextOf(m.Options.Value()); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.name, got, tt.want)
		}
		if got, err := m.Encode(); err != nil || !bytes.Equal(got, b) {
			t.Errorf("%s: written again as %x, %v", tt.name, got, err)
		}
		made := dhcp6.New(m.Type, m.XID)
		if made.Options, err = dhcp6.OptionsOf(m.Options.Value()); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if got, err := made.Encode(); err != nil || !bytes.Equal(got, b) {
			t.Errorf("%s: made of its values\n got %x, %v\nwant %x", tt.name, got, err, b)
		}
	}
}

func TestRelay(t *testing.T) {
	t.Parallel()
	link, peer := netip.MustParseAddr("fd00::1"), netip.MustParseAddr("fe80::5")
	id := dhcp6.Option{Code: dhcp6.InterfaceID, Data: []byte("eth3")}
	question := dhcp6.New(dhcp6.Solicit, 9)
	one, err := dhcp6.Forward(question, link, peer, id)
	if err != nil {
		t.Fatal(err)
	}
	two, err := dhcp6.Forward(one, netip.IPv6Unspecified(), link)
	if err != nil || two.Hops != 1 {
		t.Fatal(two, err)
	}
	b, _ := two.Encode()
	want := "0c01" + "00000000000000000000000000000000" + "fd000000000000000000000000000001" + "00090032" +
		"0c00" + "fd000000000000000000000000000001" + "fe800000000000000000000000000005" + "00120004" + "65746833" + "00090004" + "01000009"
	if hex.EncodeToString(b) != want {
		t.Errorf("got %x\nwant %s", b, want)
	}
	two, err = dhcp6.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	chain, err := two.Chain()
	if err != nil || len(chain) != 3 || chain[2].XID != 9 {
		t.Fatal(chain, err)
	}
	answer, err := dhcp6.Answer(chain, dhcp6.New(dhcp6.Advertise, 9))
	if err != nil {
		t.Fatal(err)
	}
	b, _ = answer.Encode()
	want = "0d" + want[2:len(want)-8] + "02000009"
	want = want[:34*2+8] + "0d" + want[34*2+8+2:]
	if hex.EncodeToString(b) != want {
		t.Errorf("got %x\nwant %s", b, want)
	}
}

// TestUnreadableInside reads options that lie in others and can't be read themselves: they are kept as bytes.
func TestUnreadableInside(t *testing.T) {
	t.Parallel()
	for _, inside := range []string{"0030000101", "0038000d" + "30303030303030303030303030", "000e000178", "0010000161", "0005000100"} {
		data := unhex(t, "000000070000000000000000"+inside)
		o := dhcp6.MakeOption(dhcp6.IANA, data)
		v, err := o.Value()
		if err != nil {
			t.Fatal(err)
		}
		again, err := dhcp6.NewOption(dhcp6.IANA, v)
		if err != nil || !bytes.Equal(again.Bytes(), data) {
			t.Errorf("%s: %s makes %x, %v", inside, packet.TextOf(v), again.Bytes(), err)
		}
	}
}

// TestDeep reads options that lie in each other deeper than any sense, and many of them.
func TestDeep(t *testing.T) {
	t.Parallel()
	o := []byte{}
	for range 2000 {
		n := len(o) + 4
		o = append([]byte{0, 4, byte(n >> 8), byte(n), 0, 0, 0, 1}, o...)
		if n > 60000 {
			break
		}
	}
	m, err := dhcp6.Decode(append([]byte{1, 0, 0, 1}, o...))
	if err != nil || len(m.Problems) != 1 {
		t.Fatalf("%v, %d problems", err, len(m.Problems))
	}
	b, err := m.Encode()
	if err != nil || !bytes.Equal(b[4:], o) {
		t.Error("written again as something else", err)
	}
	chain := dhcp6.New(dhcp6.Solicit, 1)
	for range 1000 {
		if chain, err = dhcp6.Forward(chain, netip.Addr{}, netip.Addr{}); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := chain.Chain(); err != nil || len(all) != 1001 {
		t.Errorf("a chain of %d, %v", len(all), err)
	}
}
