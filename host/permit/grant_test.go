package permit

import (
	"context"
	"testing"
)

func parse(t *testing.T, text string) Grant {
	t.Helper()
	g, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestParse(t *testing.T) {
	for _, text := range []string{
		"net 10.0.0.0/8:67/udp", "net 10.0.0.0/8", "net 10.0.0.1:67/udp", "net 10.0.0.1", "net 10.0.0.1/tcp", "net fd00::/8:547/udp", "net fd00::/8",
		"net [fd00::1]:547/udp", "net fd00::1", "net 0.0.0.0/0:67", "net 10.0.0.1/icmp", "net example.com", "net example.com:443/tcp", "net *.example.com:443",
		"net *", "net *:161/udp", "net localhost/tcp", "resolve",
		"listen 127.0.0.1:80/tcp", "listen [::1]:80", "listen *:67/udp", "listen 0.0.0.0/0:67",
		"raw", "raw on eth0", "raw on veth*", "raw to 10.0.0.0/8", "raw on eth0 to 10.0.0.0/8:53/udp from 10.0.0.7", "raw from any", "raw on eth0 to fd00::1 from fd00::/64",
		"raw to 10.0.0.0/8/89", "raw to 10.0.0.1/32/89",
		"sniff", "sniff on eth0", "configure", "configure on eth*",
		"read /etc/hosts", "read a b.txt", "write out", "run ls", "env HOME", "rate 100/s", "rate 0.5/s",
	} {
		g, err := Parse(text)
		if err != nil || g.String() != text {
			t.Errorf("%s reads as %s, %v", text, g, err)
		}
		if !g.Covers(g) || !(Grants{g}).Covers(g) {
			t.Errorf("%s doesn't cover itself", text)
		}
	}
	for text, want := range map[string]string{
		"net 10.1.2.3/8:7": "net 10.0.0.0/8:7", " net  [fd00::]/64:547 ": "net fd00::/64:547", "net ::ffff:10.0.0.1": "net 10.0.0.1", "net [fd00::1]": "net fd00::1",
		"net Example.COM.:80": "net example.com:80", "listen 0.0.0.0:67": "listen 0.0.0.0/0:67", "listen :: ": "listen ::/0", "raw on * to *": "raw",
		"raw to 10.0.0.0/8/17": "raw to 10.0.0.0/8/udp", "raw from ::ffff:10.0.0.0/104": "raw from 10.0.0.0/8",
		"raw  to 10.0.0.1  on eth0": "raw on eth0 to 10.0.0.1",
	} {
		if g, err := Parse(text); err != nil || g.String() != want {
			t.Errorf("%s reads as %s, %v; want %s", text, g, err, want)
		}
	}
	for _, text := range []string{
		"", "nets 10.0.0.1", "net", "net 10.0.0.0/33", "net 10.0.0.0/8:0", "net 10.0.0.0/8:70000", "net 10.0.0.0/8:x", "net 10.0.0.0/8:67/sctp", "net fe80::1%eth0", "net /8",
		"net [", "net a/b/c", "net 1.2.3", "net 0x7f.1", "net 0x7f000001", "net *.*.com", "net a..b", "net 10.0.0.1 10.0.0.2",
		"resolve example.com", "listen example.com:80", "raw eth0", "raw on", "raw on eth0 on eth1", "raw on e*h", "raw to example.com", "raw from x", "raw via eth0",
		"sniff to 10.0.0.1", "configure eth0", "read", "rate", "rate 5", "rate 0/s", "rate -1/s", "rate NaN/s", "rate Inf/s",
	} {
		if g, err := Parse(text); err == nil {
			t.Errorf("%q reads as %s", text, g)
		}
	}
}

func TestCovers(t *testing.T) {
	for _, tt := range []struct {
		has, want string
		covers    bool
	}{
		{"net 10.0.0.0/8:67/udp", "net 10.1.0.0/16:67/udp", true},
		{"net 10.0.0.0/8:67/udp", "net 10.0.0.0/7:67/udp", false},
		{"net 10.0.0.0/8:67/udp", "net 10.1.0.0/16:68/udp", false},
		{"net 10.0.0.0/8:67/udp", "net 10.1.0.0/16:67/tcp", false},
		{"net 10.0.0.0/8:67/udp", "net 10.1.0.0/16", false},
		{"net 10.0.0.0/8", "net fd00::1", false},
		{"net *", "net 10.0.0.1:5/tcp", true},
		{"net *", "net example.com", true},
		{"net 0.0.0.0/0", "net *", false},
		{"net 0.0.0.0/0", "net example.com", false},
		{"net *.example.com", "net a.b.example.com:80", true},
		{"net *.example.com", "net example.com", false},
		{"net *.example.com", "net badexample.com", false},
		{"net a.example.com", "net *.example.com", false},
		{"net 10.0.0.1", "listen 10.0.0.1", false},
		{"listen *:80", "listen 127.0.0.1:80/tcp", true},
		{"raw", "raw on eth0 to 10.0.0.1 from any", true},
		{"raw", "sniff on eth0", true},
		{"raw on eth0", "sniff", false},
		{"raw on eth0", "raw on eth0 to 10.0.0.1", true},
		{"raw on eth0", "raw on eth0 to 10.0.0.1 from any", false},
		{"raw on eth0", "raw", false},
		{"raw on eth*", "raw on eth1", true},
		{"raw on eth*", "raw on eth1*", true},
		{"raw on eth1*", "raw on eth*", false},
		{"raw on eth0 from any", "raw on eth0", true},
		{"raw on eth0 to 10.0.0.0/8", "raw on eth0", false},
		{"raw on eth0 from 10.0.0.0/8", "raw on eth0 from 10.0.0.1", true},
		{"raw on eth0 from 10.0.0.0/8", "raw on eth0 from any", false},
		{"read /etc", "read /etc/hosts", true},
		{"read /etc", "read /etcetera", false},
		{"read /etc", "read /etc/../root", false},
		{"read /etc", "write /etc", false},
		{"read /", "read /etc", true},
		{"run ls", "run ls -l", false},
		{"env *", "env HOME", true},
		{"rate 100/s", "rate 50/s", true},
		{"rate 100/s", "rate 500/s", false},
	} {
		if got := parse(t, tt.has).Covers(parse(t, tt.want)); got != tt.covers {
			t.Errorf("%s covers %s: %v", tt.has, tt.want, got)
		}
	}
}

func TestMissing(t *testing.T) {
	has := Grants{parse(t, "net 10.0.0.0/8"), parse(t, "raw on eth0")}
	want := Grants{parse(t, "net 10.0.0.1:80"), parse(t, "sniff on eth0"), parse(t, "read /etc"), parse(t, "rate 5/s"), parse(t, "net fd00::1"), parse(t, "read /etc")}
	if got := has.Missing(want).String(); got != "read /etc; net fd00::1" {
		t.Errorf("missing: %s", got)
	}
}

func TestFlag(t *testing.T) {
	for text, want := range map[string]string{
		"net 10.0.0.2:80/tcp": "--allow-net=10.0.0.2:80/tcp", "raw": "--allow-raw", "raw on eth0 to 10.0.0.1": `--allow-raw="on eth0 to 10.0.0.1"`,
	} {
		if got := parse(t, text).Flag(); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}

func TestAllows(t *testing.T) {
	p := &Policy{All: true, Allow: Grants{parse(t, "net 10.0.0.0/8:67/udp"), parse(t, "net 192.0.2.1")}, Deny: Grants{parse(t, "net 10.9.0.0/16")}}
	ctx := With(context.Background(), p)
	for text, want := range map[string]bool{
		"10.1.0.0/16:67/udp": true, "10.0.0.0/7:67/udp": false, "10.1.0.0/16:68/udp": false, "10.1.0.0/16:67/tcp": false, "10.1.0.0/16": false,
		"192.0.2.1:1/tcp": true, "192.0.2.0/24:1/tcp": false, "fd00::1": false, "10.9.0.1:67/udp": false, "10.0.0.0/8:67/udp": false,
	} {
		part, err := ParseNet(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := Allows(ctx, part); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	if part, _ := ParseNet("10.0.0.1"); Allows(context.Background(), part) || Allows(With(context.Background(), &Policy{All: true}), part) {
		t.Error("nothing was declared")
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"net 10.0.0.0/8:67/udp", "raw on eth0 to 10.0.0.0/8:53/udp from any", "net *.example.com:1", "listen [::1]:80", "rate 1e3/s", "read /a"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		g, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(g.String())
		if err != nil || again != g {
			t.Errorf("%q: %s reads as %s, %v", text, g, again, err)
		}
		if !g.Covers(g) {
			t.Errorf("%q doesn't cover itself", text)
		}
	})
}
