package relay_test

import (
	"bytes"
	"net/netip"
	"testing"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/relay"
)

var (
	here  = netip.MustParseAddr("10.0.1.1")
	other = netip.MustParseAddr("10.0.5.1")
	in    = relay.Arrival{Interface: "eth1", Address: here, Own: []netip.Addr{here}}
)

// TestAgent holds what becomes of requests: the sub-options that servers see, or why the message is dropped.
func TestAgent(t *testing.T) {
	t.Parallel()
	info := relay.Info{CircuitID: []byte("c")}
	agent := relay.Agent{Info: info, Hops: relay.DefaultHops, Room: relay.DefaultRoom}
	with := func(change func(a *relay.Agent)) relay.Agent {
		a := agent
		change(&a)
		return a
	}
	policy := func(p relay.Policy) relay.Agent { return with(func(a *relay.Agent) { a.Policy = p }) }
	const ours, theirs = "\x01\x01c", "\x01\x01x"
	for name, tt := range map[string]struct {
		agent   relay.Agent
		message func(m *dhcp4.Message)
		reason  string
		info    string // option 82; those of several are joined
		giaddr  netip.Addr
	}{
		"fresh":      {agent, func(*dhcp4.Message) {}, "", ours, here},
		"no option":  {relay.Agent{Hops: 4}, func(*dhcp4.Message) {}, "", "", here},
		"relayed":    {agent, func(m *dhcp4.Message) { m.GIAddr = other }, "", "", other},
		"spoofed":    {agent, func(m *dhcp4.Message) { m.GIAddr = here }, relay.OwnAddress, "", here},
		"hops":       {agent, func(m *dhcp4.Message) { m.Hops = 5 }, relay.TooManyHops, "", here},
		"most hops":  {agent, func(m *dhcp4.Message) { m.Hops = 4 }, "", ours, here},
		"young":      {with(func(a *relay.Agent) { a.Secs = 3 }), func(m *dhcp4.Message) { m.Secs = 2 }, relay.TooYoung, "", here},
		"old enough": {with(func(a *relay.Agent) { a.Secs = 3 }), func(m *dhcp4.Message) { m.Secs = 3 }, "", ours, here},
		"untrusted":  {agent, func(m *dhcp4.Message) { m.Set(82, []byte(theirs)) }, relay.Untrusted, "", here},
		"trusted":    {with(func(a *relay.Agent) { a.Trusted = true }), func(m *dhcp4.Message) { m.Set(82, []byte(theirs)) }, "", theirs, here},
		"forward":    {policy(relay.Forward), func(m *dhcp4.Message) { m.GIAddr = other; m.Set(82, []byte(theirs)) }, "", theirs, other},
		"append":     {policy(relay.Append), func(m *dhcp4.Message) { m.GIAddr = other; m.Set(82, []byte(theirs)) }, "", theirs + ours, other},
		"replace":    {policy(relay.Replace), func(m *dhcp4.Message) { m.GIAddr = other; m.Set(82, []byte(theirs)) }, "", ours, other},
		"drop":       {policy(relay.Drop), func(m *dhcp4.Message) { m.GIAddr = other; m.Set(82, []byte(theirs)) }, relay.HasInformation, "", other},
		"no room":    {with(func(a *relay.Agent) { a.Room = 245 }), func(*dhcp4.Message) {}, "", "", here},
		"bootp":      {agent, func(m *dhcp4.Message) { m.Set(53, nil) }, "", "", here},
		"all that RFCs have": {with(func(a *relay.Agent) {
			a.Info = relay.Info{LinkSelection: other, SubscriberID: []byte("s"), Flags: true, ServerOverride: true, RelayID: []byte("r"), More: map[uint8][]byte{9: []byte("v")}}
		}), func(*dhcp4.Message) {}, "",
			"\x05\x04\x0a\x00\x05\x01\x06\x01s\x09\x01v\x0a\x01\x00\x0b\x04\x0a\x00\x01\x01\x0c\x01r", here},
	} {
		m := dhcp4.New(dhcp4.Discover, 1, mac)
		tt.message(m)
		hops := m.Hops
		if reason := tt.agent.Request(m, in); reason != tt.reason {
			t.Errorf("%s: %q, want %q", name, reason, tt.reason)
			continue
		} else if reason != "" {
			continue
		}
		if got, _ := m.Get(option.RelayAgentInformation); string(got) != tt.info || m.GIAddr != tt.giaddr || m.Hops != hops+1 {
			t.Errorf("%s: option 82 %q, giaddr %s, hops %d", name, got, m.GIAddr, m.Hops)
		}
	}
}

// TestStripped holds that what the agent added goes no further than to the agent itself, and what others added does.
func TestStripped(t *testing.T) {
	t.Parallel()
	a := relay.Agent{Info: relay.Info{CircuitID: []byte("c"), Flags: true}, Policy: relay.Append, Hops: 4, Room: relay.DefaultRoom}
	m := dhcp4.New(dhcp4.Discover, 1, mac)
	m.GIAddr = other
	m.Set(option.RelayAgentInformation, []byte("\x01\x01x"))
	unicast := in
	unicast.Unicast = true
	if reason := a.Request(m, unicast); reason != "" {
		t.Fatal(reason)
	}
	a.Reply(m, in)
	if got, _ := m.Get(option.RelayAgentInformation); !bytes.Equal(got, []byte("\x01\x01x")) {
		t.Errorf("option 82 is %q", got)
	}
	a.Reply(m, in)
	if got, _ := m.Get(option.RelayAgentInformation); !bytes.Equal(got, []byte("\x01\x01x")) {
		t.Errorf("another's option 82 was taken: %q", got)
	}
}

// FuzzAgent holds that whatever comes is carried or dropped, and can be written again.
func FuzzAgent(f *testing.F) {
	b, _ := dhcp4.New(dhcp4.Discover, 1, mac).Encode()
	f.Add(b)
	a := relay.Agent{Info: relay.Info{CircuitID: []byte("c")}, Policy: relay.Append, Trusted: true, Hops: 16, Room: relay.DefaultRoom}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := dhcp4.Decode(b)
		if err != nil || a.Request(m, in) != "" {
			return
		}
		m.Encode()
		a.Reply(m, in)
		m.Encode()
	})
}
