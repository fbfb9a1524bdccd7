package dhcp4_test

import (
	"bytes"
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

var mac = net.HardwareAddr{2, 0, 0, 0, 0, 1}

// wire is a message with a cookie and the options.
func wire(options string) []byte {
	b := make([]byte, 236, 600)
	copy(b, "\x01\x01\x06\x00\x12\x34\x56\x78\x00\x05\x80\x00")
	copy(b[28:], mac)
	return append(append(b, "\x63\x82\x53\x63"...), options...)
}

// overloaded is a message whose file and sname hold options too.
func overloaded() []byte {
	b := wire("\x35\x01\x02\x34\x01\x03\x0c\x02ab\xff")
	copy(b[108:], "\x00\x0c\x02cd\xffgarbage")
	copy(b[44:], "\x0c\x01e\x03\x04\x0a\x00\x00\x01\xff")
	return b
}

// messages are bytes that Encode has to give as Decode has read them.
var messages = map[string][]byte{
	"discover":          wire("\x35\x01\x01\x37\x03\x01\x03\x06\xff"),
	"order":             wire("\x3d\x07\x01\x02\x00\x00\x00\x00\x01\x35\x01\x01\xff\x00\x00\x00"),
	"duplicates":        wire("\x35\x01\x01\x0c\x01a\x35\x01\x03\x0c\x01b\xff"),
	"pads":              wire("\x00\x00\x35\x01\x01\x00\xff"),
	"no end":            wire("\x35\x01\x01"),
	"only pads":         wire("\x00\x00\x00"),
	"no options":        wire(""),
	"trailing bytes":    wire("\x35\x01\x01\xff\x00\x35\x01\x02junk"),
	"cut in data":       wire("\x35\x01\x01\x0c\x09abc"),
	"cut before data":   wire("\x35\x01\x01\x0c\x09"),
	"cut before length": wire("\x35\x01\x01\x0c"),
	"empty option":      wire("\x50\x00\x35\x01\x01\xff"),
	"overload":          overloaded(),
	"overload unended":  append(wire("\x34\x01\x01\xff")[:108:108], wire("\x34\x01\x01\xff")[108:]...),
	"overload wrong":    wire("\x34\x01\x07\xff"),
	"overload empty":    wire("\x34\x00\xff"),
	"bootp":             wire("")[:236],
	"bootp vendor area": append(wire("")[:236:236], make([]byte, 64)...),
	"cut in file":       wire("")[:150],
	"cut in sname":      wire("")[:50],
	"header alone":      wire("")[:44],
	"half a cookie":     wire("")[:238],
}

func TestSameBytes(t *testing.T) {
	for name, b := range messages {
		m, err := dhcp4.Decode(bytes.Clone(b))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, err := m.Encode(); err != nil || !bytes.Equal(got, b) {
			t.Errorf("%s: %v\n got %x\nwant %x", name, err, got, b)
		}
		if got, err := m.Clone().Encode(); err != nil || !bytes.Equal(got, b) {
			t.Errorf("clone of %s: %v\n got %x\nwant %x", name, err, got, b)
		}
	}
}

func TestShort(t *testing.T) {
	for n := range 44 {
		if _, err := dhcp4.Decode(make([]byte, n)); err == nil {
			t.Errorf("%d bytes are a message", n)
		}
	}
}

func TestDecode(t *testing.T) {
	m, _ := dhcp4.Decode(overloaded())
	if m.XID != 0x12345678 || m.Secs != 5 || !m.Broadcast() || m.MAC().String() != mac.String() || m.Type() != dhcp4.Offer {
		t.Errorf("fields: %+v", m)
	}
	if b, ok := m.Get(option.HostName); !ok || string(b) != "abcde" {
		t.Errorf("host name in three areas: %q", b)
	}
	if a := m.Addr(option.Router); a != netip.MustParseAddr("10.0.0.1") {
		t.Errorf("router in sname: %s", a)
	}
	if len(m.Problems) > 0 {
		t.Errorf("problems: %v", m.Problems)
	}
	var offsets []int
	for _, o := range m.Options {
		offsets = append(offsets, o.Offset)
	}
	if want := []int{240, 243, 246, 250, 108, 109, 113, 44, 47, 53}; !slices.Equal(offsets, want) {
		t.Errorf("offsets are %v, not %v", offsets, want)
	}
}

func TestProblems(t *testing.T) {
	for name, want := range map[string]string{
		"no end":            "options has no end option",
		"cut in data":       "option 12 has 9 bytes by its length, but options ends after 3",
		"cut before length": "option 12 has no length: options ends",
		"overload wrong":    "option_overload is 07, not 1, 2 or 3",
		"cut in file":       "the message ends after 150 of 236 bytes of its fixed fields",
	} {
		m, _ := dhcp4.Decode(messages[name])
		if len(m.Problems) == 0 || m.Problems[0].Text != want {
			t.Errorf("%s: %v", name, m.Problems)
		}
	}
}

func TestNew(t *testing.T) {
	m := dhcp4.New(dhcp4.Discover, 0x12345678, mac)
	m.Secs = 5
	m.SetBroadcast(true)
	m.Set(option.ParameterRequestList, []byte{1, 3, 6})
	want := append(messages["discover"], make([]byte, 300-len(messages["discover"]))...)
	for i := 12; i < 28; i++ {
		want[i] = 0
	}
	if got, err := m.Encode(); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%v\n got %x\nwant %x", err, got, want)
	}
	if f := m.Fingerprint().String(); f != "53,55;1,3,6;" {
		t.Errorf("fingerprint %s", f)
	}
}

func TestSet(t *testing.T) {
	m, _ := dhcp4.Decode(messages["duplicates"])
	m.Set(option.HostName, []byte("c"))
	m.Set(option.MessageType, nil)
	m.Set(option.Router, []byte{10, 0, 0, 1})
	if got, _ := m.Encode(); !bytes.Equal(got, wire("\x0c\x01c\x03\x04\x0a\x00\x00\x01\xff")) {
		t.Errorf("%x", got)
	}
	m.SetType(dhcp4.Ack)
	m.Add(option.RapidCommit, []byte{})
	if got, _ := m.Encode(); !bytes.Equal(got, wire("\x35\x01\x05\x0c\x01c\x03\x04\x0a\x00\x00\x01\x50\x00\xff")) {
		t.Errorf("%x", got)
	}
}

func TestLong(t *testing.T) {
	long := bytes.Repeat([]byte("abc"), 200)
	m := dhcp4.New(dhcp4.Ack, 1, mac)
	m.Set(option.ClasslessRoutes, long)
	b, err := m.Encode()
	if err != nil || len(b) != 240+3+600+3*2+1 {
		t.Fatalf("%d bytes, %v", len(b), err)
	}
	again, _ := dhcp4.Decode(b)
	if got, _ := again.Get(option.ClasslessRoutes); !bytes.Equal(got, long) {
		t.Errorf("%q", got)
	}
}

func TestFit(t *testing.T) {
	m := dhcp4.New(dhcp4.Ack, 1, mac)
	m.SetText(option.RootPath, strings.Repeat("r", 100))
	m.SetText(option.HostName, "pc")
	if err := m.Clone().Fit(200); err == nil || !strings.HasSuffix(err.Error(), "and room for 200") {
		t.Error(err)
	}
	if err := m.Fit(300); err != nil {
		t.Fatal(err)
	}
	b, err := m.Encode()
	if again, _ := dhcp4.Decode(b); err != nil || len(b) != 300 || len(again.Problems) > 0 || again.Text(option.RootPath) != strings.Repeat("r", 100) {
		t.Errorf("%v: %x", err, b)
	}
	m.SetText(option.DomainName, strings.Repeat("d", 60))
	if err := m.Fit(300); err == nil {
		t.Error("a second option 52 made room")
	}
}

func TestNoRoom(t *testing.T) {
	m := dhcp4.New(dhcp4.Ack, 1, mac)
	m.File = make([]byte, 129)
	if _, err := m.Encode(); err == nil || err.Error() != "file has room for 128 bytes, not for 129" {
		t.Error(err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, b := range messages {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := dhcp4.Decode(bytes.Clone(b))
		if err != nil {
			return
		}
		if got, err := m.Encode(); err != nil || !bytes.Equal(got, b) {
			t.Fatalf("%v\n got %x\nwant %x", err, got, b)
		}
		_ = m.Fingerprint().String()
		_, _, _ = m.String(), m.Show(), m.Check()
		if source, err := m.Source(); err != nil || source == "" {
			t.Fatal(source, err)
		}
		edit(t, m.Clone(), len(b))
		if got, _ := m.Encode(); !bytes.Equal(got, b) {
			t.Fatalf("editing a clone changed the message: %x", got)
		}
	})
}

// edit sets an option, moves others where there is room, and finds all again.
func edit(t *testing.T, m *dhcp4.Message, size int) {
	whole := len(m.Problems) == 0 && m.Cookie
	m.SetType(dhcp4.Ack)
	m.SetAddr(option.Router, netip.MustParseAddr("10.0.0.1"))
	_ = m.Fit(size)
	b, err := m.Encode()
	if err != nil || !whole {
		return // no room in file or sname, or what could not be read is in the way
	}
	again, err := dhcp4.Decode(b)
	if err != nil || again.Type() != dhcp4.Ack || again.Addr(option.Router).String() != "10.0.0.1" {
		t.Fatalf("%v: %x", err, b)
	}
	for _, o := range m.Options {
		was, _ := m.Get(o.Code)
		if is, _ := again.Get(o.Code); o.Code != option.Pad && !bytes.Equal(was, is) {
			t.Fatalf("option %d is %x, not %x, in %x", o.Code, is, was, b)
		}
	}
}
