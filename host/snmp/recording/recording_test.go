package recording_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/recording"
)

// lines are the entries of a text, each with its type; problems stand behind them.
func lines(t *testing.T, text string, names recording.Names) string {
	t.Helper()
	r, err := recording.Read([]byte(text), names)
	if err != nil {
		return "error: " + err.Error()
	}
	var all []string
	for _, e := range r.Entries {
		all = append(all, fmt.Sprintf("%s %s %s", e.Name, e.Value.Type, e.Value))
	}
	for _, p := range r.Problems {
		all = append(all, p.String())
	}
	return strings.Join(all, "\n")
}

// TestFormats reads one line, or a few, of each kind.
func TestFormats(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, want string }{
		// .snmprec, as snmpsim 0.4.5 writes it
		{"1.3.6.1.2.1.1.1.0|4|Linux|x", "1.3.6.1.2.1.1.1.0 OctetString Linux|x"},
		{"1.3.6.1.2.1.1.1.0|4|", "1.3.6.1.2.1.1.1.0 OctetString "},
		{"1.3.6.1.2.1.2.2.1.6.2|4x|00127962f940", "1.3.6.1.2.1.2.2.1.6.2 OctetString 00 12 79 62 F9 40"},
		{`1.3.6|4e|a\x41\n\\`, "1.3.6 OctetString aA\n\\"},
		{"1.3.6|2|-7", "1.3.6 Integer -7"},
		{"1.3.6|5|", "1.3.6 Null NULL"},
		{"1.3.6|6|1.3.6.1.4.1.9.1.516", "1.3.6 ObjectIdentifier 1.3.6.1.4.1.9.1.516"},
		{"1.3.6|64x|7f000001", "1.3.6 IpAddress 127.0.0.1"},
		{"1.3.6|64|127.0.0.1", "1.3.6 IpAddress 127.0.0.1"},
		{"1.3.6|65|4294967295", "1.3.6 Counter32 4294967295"},
		{"1.3.6|66|-1", "1.3.6 Gauge32 4294967295"},
		{"1.3.6|67|82795", "1.3.6 TimeTicks (82795) 0:13:47.95"},
		{"1.3.6|68x|9f78043d4ccccd", "1.3.6 OpaqueFloat 0.050000"},
		{"1.3.6|70|18446744073709551615", "1.3.6 Counter64 18446744073709551615"},
		{"# a remark\n\n1.3.7|2|1\r\n1.3.6|2|2\n", "1.3.6 Integer 2\n1.3.7 Integer 1"},
		{"1.3.6|2|1\n1.3.6|2|2", "1.3.6 Integer 1\nline 2: 1.3.6 is there twice: line 1 counts"},
		{"1.3.6|2|x\n1.3.7|9|1\n1.3.8|2|1", "1.3.8 Integer 1\nline 1: \"x\" is no Integer\nline 2: no type has the tag \"9\""},
		{"1.3.6|2|x", `error: no line can be read: line 1: "x" is no Integer`},
		{"1.3.6|4:sql|x", "error: line 1: a variation that can't be played: sql (numeric, writecache, delay and error are)"},
		{"1.3.6|2:numeric|rat=1\n1.3.7|2|1", "1.3.7 Integer 1\nline 1: numeric has no setting 'rat' (did you mean 'rate'?)"},

		// snmpwalk -On of net-snmp 5.9.3
		{".1.3.6 = INTEGER: 72", "1.3.6 Integer 72"},
		{".1.3.6 = INTEGER: up(1)", "1.3.6 Integer 1"},
		{".1.3.6 = INTEGER: 60 seconds", "1.3.6 Integer 60"},
		{".1.3.6 = Gauge32: 10000 milli-seconds", "1.3.6 Gauge32 10000"},
		{".1.3.6 = Counter64: 18446744073709551615", "1.3.6 Counter64 18446744073709551615"},
		{".1.3.6 = Timeticks: (82795) 0:13:47.95", "1.3.6 TimeTicks (82795) 0:13:47.95"},
		{".1.3.6 = OID: .1.3.6.1.4.1.9", "1.3.6 ObjectIdentifier 1.3.6.1.4.1.9"},
		{".1.3.6 = OID: iso.3.6.1", "1.3.6 ObjectIdentifier 1.3.6.1"},
		{"iso.3.6 = STRING: \"a\"", "1.3.6 OctetString a"},
		{`.1.3.6 = STRING: "a \"b\" \\ c"`, `1.3.6 OctetString a "b" \ c`},
		{".1.3.6 = STRING: \"one\ntwo\n.1.3.7 = INTEGER: 1\nthree\"\n.1.3.8 = INTEGER: 2", "1.3.6 OctetString one\ntwo\n.1.3.7 = INTEGER: 1\nthree\n1.3.8 Integer 2"},
		{".1.3.6 = STRING: one\r\ntwo\n.1.3.7 = INTEGER: 1", "1.3.6 OctetString one\ntwo\n1.3.7 Integer 1"},
		{".1.3.6 = STRING: 0:12:79:62:f9:40", "1.3.6 OctetString 00 12 79 62 F9 40"},
		{".1.3.6 = STRING: \"0:12:79:62:f9:40\"", "1.3.6 OctetString 0:12:79:62:f9:40"},
		{".1.3.6 = \"\"", "1.3.6 OctetString "},
		{".1.3.6 = STRING: ", "1.3.6 OctetString "},
		{".1.3.6 = Hex-STRING: 80 00 1F 88 80 2F 36 20 1E 60 B1 03 6B 00 00 00 \n00 \n.1.3.7 = NULL",
			"1.3.6 OctetString 80 00 1F 88 80 2F 36 20 1E 60 B1 03 6B 00 00 00 00\n1.3.7 Null NULL"},
		{".1.3.6 = Hex-STRING: 80 41   [.A]\n5B   [[]\n", "1.3.6 OctetString 80 41 5B"},
		{".1.3.6 = OID: ccitt.0", "1.3.6 ObjectIdentifier 0.0"},
		{"1.3.6|64|J}M}", "1.3.6 IpAddress 74.125.77.125"},
		{".1.3.6 = BITS: 80 0", "1.3.6 OctetString 80"},
		{".1.3.6 = BITS: 00 20 up(10)", "1.3.6 OctetString 00 20"},
		{".1.3.6 = BITS: 00 20 10", "1.3.6 OctetString 00 20"},
		{".1.3.6 = BITS: C0", "1.3.6 OctetString C0"},
		{".1.3.6 = IpAddress: 10.0.0.1", "1.3.6 IpAddress 10.0.0.1"},
		{".1.3.6 = Network Address: C0:A8:01:01", "1.3.6 IpAddress 192.168.1.1"},
		{".1.3.6 = Opaque: Float: 0.050000", "1.3.6 OpaqueFloat 0.050000"},
		{".1.3.6 = Wrong Type (should be INTEGER): Counter32: 5", "1.3.6 Counter32 5"},
		{".1.3.6 = No Such Instance currently exists at this OID\n.1.3.7 = INTEGER: 1", "1.3.7 Integer 1"},
		{".1.3.6 = INTEGER: 1\n.1.3.7 = No more variables left in this MIB View (It is past the end of the MIB tree)", "1.3.6 Integer 1"},
		{".1.3.6 = INTEGER: 1\n.1.3.7 = 222390", "1.3.6 Integer 1\n1.3.7 TimeTicks (222390) 0:37:03.90"},
		{".1.3.6 = 1\n.1.3.7 = \"x\"", "error: the walk was printed without types (snmpwalk -OQ): print it with -On"},
		{"Timeout: No Response from 10.0.0.1\n.1.3.6 = INTEGER: 1", "1.3.6 Integer 1\nline 1: no variable begins here: \"Timeout: No Response from 10.0.0.1\""},
		{"IF-MIB::ifDescr.1 = STRING: lo", "error: no line can be read: line 1: a name of a MIB: IF-MIB::ifDescr.1"},
	} {
		if got := lines(t, tt.in, nil); got != tt.want {
			t.Errorf("%q\n%s\nwant\n%s", tt.in, got, tt.want)
		}
	}
}

func TestVariationsThatArentPlayed(t *testing.T) {
	t.Parallel()
	if _, err := recording.Read([]byte("1.3.6|2:multiplex|dir=x"), nil); !errors.Is(err, recording.ErrVariation) {
		t.Error(err)
	}
}

// TestLine writes lines, which read back are the same.
func TestLine(t *testing.T) {
	t.Parallel()
	name := oid.MustParse("1.3.6.1.4.1.32473.1.0")
	for _, v := range []message.Value{message.Integer(-5), message.Text("plain text"), message.Text("space at the end "), message.Text("a\nb"),
		message.Text(""), message.String([]byte{0, 255}), message.Null, message.OIDValue(name), message.Number(message.TypeIPAddress, 0x0a000001),
		message.Counter32(1), message.Gauge32(2), message.TimeTicks(3), message.Opaque([]byte{1, 2}), message.Float(1.5), message.Counter64(1 << 63)} {
		line := recording.Line(message.Var{Name: name, Value: v})
		r, err := recording.Read([]byte(line), nil)
		if err != nil || len(r.Entries) != 1 || !r.Entries[0].Value.Equal(v) {
			t.Errorf("%v became %s and %v, %v", v, line, r, err)
		}
	}
	if line := recording.Line(message.Var{Name: name, Value: message.NoSuchObject}); line != "" {
		t.Error(line)
	}
}

// FuzzRead reads anything.
func FuzzRead(f *testing.F) {
	f.Add("1.3.6|4x|00\n1.3.7|65:numeric|rate=1,function=pow%<time>%2\n1.3.8|2:delay|vlist=eq:0:100,wait=5")
	f.Add(".1.3.6 = STRING: \"a\nb\"\n.1.3.7 = BITS: 80 0\n.1.3.8 = Hex-STRING: 00\n00")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := recording.Read([]byte(text), nil)
		if err != nil {
			return
		}
		for _, e := range r.Entries {
			if e.Variation == nil {
				if _, err := message.EncodeVar(e.Var); err != nil {
					t.Fatalf("line %d: %v", e.Line, err)
				}
			}
		}
	})
}
