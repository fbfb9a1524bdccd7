package trace_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"moonwire/host"
	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/trace"
	"moonwire/host/pcap"
)

// calls runs a chunk on h1 of a lab, or on this machine, and lists what was told: a line for each call.
func calls(t *testing.T, lab, source string) string {
	t.Helper()
	var told []string
	o := host.Options{Seed: 1, Lab: host.Lab{Name: lab}, OnCall: func(c network.Call) {
		line := strings.Join([]string{c.Line, c.Task, c.World, c.Name, c.Class, c.Here, c.Peer, c.What, fmt.Sprint(c.Bytes), fmt.Sprintf("%q", c.Data), c.Err}, "|")
		told = append(told, ephemeral.ReplaceAllString(line, ":PORT"))
	}}
	if lab != "" {
		o.Simulated = true
	}
	if err := host.New(o).Run(context.Background(), host.Code("t", source)); err != nil {
		t.Fatal(err)
	}
	return strings.Join(told, "\n")
}

var ephemeral = regexp.MustCompile(`:\d{5}\b`)

func TestCalls(t *testing.T) {
	for _, c := range told {
		t.Run(c.name, func(t *testing.T) {
			if got := calls(t, c.lab, c.source); got != strings.TrimSpace(c.want) {
				t.Errorf("got\n%s\nwant\n%s", got, strings.TrimSpace(c.want))
			}
		})
	}
}

// told are scripts and what is told of them: line, task, world, call, class, here, peer, what, bytes, data, error.
var told = []struct{ name, lab, source, want string }{
	{"nothing", "", `local x = 1`, ``},
	{"stream", "", `
local socket = require "socket"
local s = assert(socket.bind("127.0.0.1", 0))
local _, port = s:getsockname()
local c = assert(socket.connect("127.0.0.1", port))
local p = s:accept()
c:send("hi\n") p:receive()
p:settimeout(0) p:receive()
c:close() p:settimeout(nil) p:receive()
s:close()`, `
t:3|main task||set|tcp4|0.0.0.0:0||reuseaddr true|0|""|
t:3|main task||bind|tcp4|127.0.0.1:PORT|||0|""|
t:3|main task||listen|tcp4|127.0.0.1:PORT|||0|""|
t:5|main task||connect|tcp4|127.0.0.1:PORT|127.0.0.1:PORT||0|""|
t:6|main task||accept|tcp4|127.0.0.1:PORT|127.0.0.1:PORT||0|""|
t:7|main task||send|tcp4|127.0.0.1:PORT|127.0.0.1:PORT||3|"hi\n"|
t:7|main task||receive|tcp4|127.0.0.1:PORT|127.0.0.1:PORT||3|"hi\n"|
t:9|main task||close|tcp4|127.0.0.1:PORT|||0|""|
t:9|main task||receive|tcp4|127.0.0.1:PORT|127.0.0.1:PORT||0|""|closed by the other end
t:10|main task||close|tcp4|127.0.0.1:PORT|||0|""|
|main task||close|tcp4|127.0.0.1:PORT|127.0.0.1:PORT||0|""|`},
	{"refused", "h1 -- h2", `require "socket".connect("10.0.1.2", 1)`, `
t:1|main task|h1|connect|tcp4|10.0.1.1:PORT|10.0.1.2:1||0|""|connection refused
t:1|main task|h1|close|tcp4|10.0.1.1:PORT|||0|""|`},
	{"lookup", "h1 -- h2", `local dns = require "socket".dns dns.toip("h2") dns.toip("nobody.invalid")`, `
t:1|main task|h1|lookup|name||h2|10.0.1.2|0|""|
t:1|main task|h1|lookup|name||nobody.invalid||0|""|nobody.invalid: Name or service not known`},
	{"datagrams", "h1 -- h2", `
local task, dgram = require "task", require "dgram"
local u = assert(dgram.udp{to = "10.0.1.2:9"})
u:send("abc")
u:receive{timeout = 1}
u:close()`, `
t:3|main task|h1|connect|udp4|10.0.1.1:PORT|10.0.1.2:9||0|""|
t:4|main task|h1|send|udp4|10.0.1.1:PORT|10.0.1.2:9||3|"abc"|
t:5|main task|h1|receive|udp4|10.0.1.1:PORT|||0|""|connection refused
t:5|main task|h1|error|udp4|10.0.1.1:PORT|10.0.1.2:9|icmp type 3 code 3 from 10.0.1.2|0|""|connection refused
t:6|main task|h1|close|udp4|10.0.1.1:PORT|10.0.1.2:9||0|""|`},
	{"tasks and coroutines", "h1 -- h2", `
local task, dgram = require "task", require "dgram"
task.spawn({function()
  coroutine.wrap(function()
    local u = dgram.udp{to = "10.0.1.2:9"}
    u:send("abc")
  end)()
end, name = "sender"})`, `
t:5|sender|h1|connect|udp4|10.0.1.1:PORT|10.0.1.2:9||0|""|
t:6|sender|h1|send|udp4|10.0.1.1:PORT|10.0.1.2:9||3|"abc"|
|sender|h1|close|udp4|10.0.1.1:PORT|10.0.1.2:9||0|""|`},
	{"link", "h1 -- h2", `
local link, packet = require "link", require "packet"
local l = link.open("eth0")
l:send(packet.eth{dst = "02:00:00:00:00:02", type = 0x9000} / "x")
l:close()
link.open("eth7")`, `
t:3|main task|h1|open|link eth0||||0|""|
t:4|main task|h1|send|link eth0||||15|"\x02\x00\x00\x00\x00\x02\x02\x00\x00\x00\x00\x01\x90\x00x"|
t:5|main task|h1|close|link eth0||||0|""|
t:6|main task|h1|open|link eth7||||0|""|no such interface (there are: lo, eth0)`},
	{"guard", "h1 -- h2", `require "link".guard("10.0.1.1", 7, {protocol = "udp"}):close()`, `
t:1|main task|h1|guard|udp|10.0.1.1:7|||0|""|
t:1|main task|h1|close|udp|10.0.1.1:7|||0|""|`},
}

// What TLS carries is told of beside the records that carry it.
func TestTLS(t *testing.T) {
	got := calls(t, "", "local pem = [["+certificate(t)+"]]"+`
local socket, tls, task = require "socket", require "tls", require "task"
local s = assert(socket.bind("127.0.0.1", 0))
local _, port = s:getsockname()
task.spawn(function()
  local c = assert(tls.wrap(s:accept(), {mode = "server", cert = pem}))
  c:receive()
  c:send("secret answer\n")
  c:close()
end)
local c = assert(tls.wrap(assert(socket.connect("127.0.0.1", port)), {mode = "client", verify = false}))
c:send("secret question\n")
c:receive()
c:close()`)
	for _, want := range []string{"|handshake|tls|", "|send|tls|", `"secret question\n"`, "|receive|tls|", `"secret answer\n"`, "|send|tcp4|", "TLS 1.3"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not told:\n%s", want, got)
		}
	}
}

// certificate is one that its own key signed, and that key.
func certificate(t *testing.T) string {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for name, der := range map[string][]byte{"CERTIFICATE": der, "PRIVATE KEY": private} {
		if err := pem.Encode(&b, &pem.Block{Type: name, Bytes: der}); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// A note is a Watcher that keeps what it is told.
type note struct{ calls []network.Call }

func (n *note) Caller() (task, line string) { return "someone", "" }
func (n *note) Call(c network.Call)         { n.calls = append(n.calls, c) }

func TestChanges(t *testing.T) {
	plan, err := topology.Build(topology.Spec{Lines: []string{"h1 -- h2"}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := lab.New(plan, lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	h1, err := l.Network("h1")
	if err != nil {
		t.Fatal(err)
	}
	var n note
	ctx := network.With(trace.With(context.Background(), &n), h1)
	if w := network.From(ctx); w != network.From(network.With(ctx, h1)) || w != network.From(network.With(ctx, w)) {
		t.Error("one network has several worlds")
	}
	c := network.From(ctx).Config()
	a := netip.MustParsePrefix("10.9.9.9/24")
	g := c.Group()
	for _, err := range []error{g.AddAddr("eth0", a), c.SetMTU("eth0", 1300), g.Undo()} {
		if err != nil {
			t.Error(err)
		}
	}
	if c.SetMTU("eth7", 1300) == nil {
		t.Error("there is an eth7")
	}
	var got []string
	for _, c := range n.calls {
		got = append(got, c.Name+" "+c.What+" "+c.Err)
	}
	want := []string{"configure add address 10.9.9.9/24 on eth0 ", "configure set mtu 1300 of eth0 ", "configure undo "}
	if len(got) != 4 || !slices.Equal(got[:3], want) || !strings.HasPrefix(got[3], "configure set mtu 1300 of eth7 ") || got[3] == "configure set mtu 1300 of eth7 " {
		t.Errorf("%q", got)
	}
}

// What is told of a link is what passes on the wire.
func TestFrames(t *testing.T) {
	file := filepath.Join(t.TempDir(), "wire.pcapng")
	var told []string
	o := host.Options{Seed: 1, Simulated: true, Lab: host.Lab{Name: "h1 -- h2", Capture: file}, OnCall: func(c network.Call) {
		if c.Frame != "" {
			told = append(told, c.Data)
		}
	}}
	if err := host.New(o).Run(context.Background(), host.Code("t", `
local link, packet = require "link", require "packet"
local l = link.open("eth0")
local r = l:exchange({packet.ip{dst = "10.0.1.2"} / packet.icmp{seq = packet.range(1, 200)}}, {timeout = 1})
assert(#r.answered == 200)`)); err != nil {
		t.Fatal(err)
	}
	captured := frames(t, file)
	if len(told) < 400 {
		t.Errorf("%d frames are told", len(told))
	}
	for _, f := range told {
		if captured[f]--; captured[f] < 0 {
			t.Errorf("no such frame is on the wire: %x", f)
		}
	}
}

// frames counts the frames of a capture.
func frames(t *testing.T, file string) map[string]int {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := pcap.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	var p pcap.Packet
	for r.Next(&p) == nil {
		found[string(p.Data)]++
	}
	return found
}
