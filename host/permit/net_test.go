package permit

import (
	"context"
	"testing"
)

func TestParse(t *testing.T) {
	for _, text := range []string{"10.0.0.0/8:67/udp", "10.0.0.0/8", "10.0.0.1:67/udp", "10.0.0.1", "10.0.0.1/tcp", "fd00::/8:547/udp", "fd00::/8",
		"[fd00::1]:547/udp", "fd00::1", "0.0.0.0/0:67"} {
		n, err := Parse(text)
		if err != nil || n.String() != text {
			t.Errorf("%s reads as %s, %v", text, n, err)
		}
	}
	for text, want := range map[string]string{"10.1.2.3/8:7": "10.0.0.0/8:7", " [fd00::]/64:547 ": "fd00::/64:547", "::ffff:10.0.0.1": "10.0.0.1", "[fd00::1]": "fd00::1"} {
		if n, err := Parse(text); err != nil || n.String() != want {
			t.Errorf("%s reads as %s, %v; want %s", text, n, err, want)
		}
	}
	for _, text := range []string{"", "localhost", "10.0.0.0/33", "10.0.0.0/8:0", "10.0.0.0/8:70000", "10.0.0.0/8:x", "10.0.0.0/8:67/sctp", "fe80::1%eth0", "/8", "[", "a/b/c"} {
		if n, err := Parse(text); err == nil {
			t.Errorf("%q reads as %s", text, n)
		}
	}
}

func TestAllows(t *testing.T) {
	parse := func(text string) Net {
		n, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	ctx := With(With(context.Background(), []Net{parse("10.0.0.0/8:67/udp")}), []Net{parse("192.0.2.1")})
	for part, want := range map[string]bool{
		"10.1.0.0/16:67/udp": true, "10.0.0.0/7:67/udp": false, "10.1.0.0/16:68/udp": false, "10.1.0.0/16:67/tcp": false, "10.1.0.0/16": false,
		"192.0.2.1:1/tcp": true, "192.0.2.0/24:1/tcp": false, "fd00::1": false,
	} {
		if got := Allows(ctx, parse(part)); got != want {
			t.Errorf("%s: %v", part, got)
		}
	}
	if Allows(context.Background(), parse("10.0.0.1")) {
		t.Error("nothing was declared")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("10.0.0.0/8:67/udp")
	f.Fuzz(func(t *testing.T, text string) {
		n, err := Parse(text)
		if err != nil {
			return
		}
		if again, err := Parse(n.String()); err != nil || again != n {
			t.Errorf("%q: %s reads as %s, %v", text, n, again, err)
		}
	})
}
