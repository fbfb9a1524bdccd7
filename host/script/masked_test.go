package script

import "testing"

func TestMasked(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"it took 12.5 ms\n", "it took 3 ms\n"},
		{"client here 127.0.0.1 port 41000, sent 12 bytes", "client  here 127.0.0.1 port 50222, sent 5 bytes"},
		{"127.0.0.1:41000 open", "127.0.0.1:50222 open"},
		{"|---- SYN ---->|", "|-- SYN -->|"},
		{"|. . . SYN . . .>|", "|. . SYN . . . .>|"},
		{"|<. . . SYN . . . |", "|< . . SYN . . |"},
		{"  0.1 ms |  a", " 10.1 ms | a"},
		{"min/avg/max 0.1/0.2/0.35 ms", "min/avg/max 1/22/3.5 ms"},
		{"fragment 0xbeef, the last", "fragment 0x0001, the last"},
		{"----  ---", "-- -----"},
	} {
		if a, b := Masked(c.a), Masked(c.b); a != b {
			t.Errorf("%q and %q differ:\n%q\n%q", c.a, c.b, a, b)
		}
	}
	for _, c := range []struct{ a, b string }{
		{"port 25", "port 21"},
		{"sum 8", "sum 9"},
		{"type 0x01", "type 0x02"},
		{"10/8 and 1 ms", "11/8 and 1 ms"},
		{"3 messages", "4 messages"},
		{"|---- SYN ---->|", "|<---- SYN ----|"},
		{"==c==c=", "==c==="},
		{"1 ms, done", "1 ms, timeout"},
	} {
		if Masked(c.a) == Masked(c.b) {
			t.Errorf("%q and %q look the same", c.a, c.b)
		}
	}
}
