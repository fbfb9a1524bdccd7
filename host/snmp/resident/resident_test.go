package resident_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/mib2"
	"moonwire/host/snmp/notify"
	"moonwire/host/snmp/resident"
	"moonwire/host/snmp/usm"
)

// A place is a lab in simulated time.
type place struct {
	*testing.T
	clock *simtime.Clock
	lab   *lab.Lab
}

func newPlace(t *testing.T) *place {
	t.Helper()
	clock := simtime.New(time.Time{})
	t.Cleanup(clock.Close)
	plan, err := topology.Build(topology.Spec{Lines: []string{"linux -- R1 -- server"}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := lab.New(plan, lab.Options{Clock: clock, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return &place{t, clock, l}
}

// on is the context of a host.
func (p *place) on(host string) context.Context {
	p.Helper()
	n, err := p.lab.Network(host)
	if err != nil {
		p.Fatal(err)
	}
	return network.With(p.Context(), n)
}

// serve makes an agent on R1 that notifies the targets.
func (p *place) serve(targets ...resident.Target) (*resident.Resident, *agent.Agent) {
	p.Helper()
	ctx, tree := p.on("R1"), agent.NewTree(nil)
	r, err := resident.New(ctx, tree, mib2.Options{}, targets)
	if err != nil {
		p.Fatal(err)
	}
	a, err := agent.New(ctx, agent.Options{Port: 161, UDP: true, Trees: map[string]*agent.Tree{"": tree}, Happened: r.Happened,
		Engine: resident.EngineOf(network.From(ctx)), Communities: []agent.Community{{Name: "private", Rules: []agent.Rule{agent.Full}}}})
	if err != nil {
		p.Fatal(err)
	}
	p.Cleanup(func() { a.Close(); r.Close(); r.Close() })
	r.Start(a)
	return r, a
}

// listen hears notifications on linux.
func (p *place) listen(user *usm.User) *notify.Listener {
	p.Helper()
	l, err := notify.Listen(p.on("linux"), notify.Config{Port: 162, UDP: true, AnyCommunity: true, Users: []notify.User{{User: user}},
		Engine: usm.NewEngine(usm.NewEngineID("receiver"), 1, p.clock.Now())})
	if err != nil {
		p.Fatal(err)
	}
	p.Cleanup(func() { l.Close() })
	return l
}

// shut switches an interface of R1 off.
func (p *place) shut(iface string) {
	p.Helper()
	if err := network.From(p.on("R1")).Config().SetUp(iface, false); err != nil {
		p.Fatal(err)
	}
}

// target is linux, in a version.
func target(v message.Version) resident.Target {
	return resident.Target{To: "linux:162", Network: "udp4", Version: v, Community: []byte("public"), Timeout: time.Second, Retries: 2}
}

// TestNotify shuts an interface: everybody hears of the start and of that, in the ways that they want.
func TestNotify(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	ann := &usm.User{Name: "ann", Auth: usm.SHA256, AuthPassword: "auth12345", Priv: usm.AES, PrivPassword: "priv12345"}
	l := p.listen(ann)
	informed, secure := target(message.V2c), target(message.V3)
	informed.Inform, secure.User = true, ann
	r, a := p.serve(target(message.V1), target(message.V2c), informed, secure)
	p.clock.Sleep(t.Context(), 10*time.Second)
	p.shut("eth1")
	p.clock.Sleep(t.Context(), 10*time.Second)
	heard := map[string]int{}
	for range 8 {
		e, err := l.Next(p.on("linux"), p.clock.Now().Add(time.Second))
		if err != nil {
			t.Fatalf("after %v: %v", heard, err)
		}
		heard[e.Version().String()+" "+e.Trap.String()[len("1.3.6.1.6.3.1.1."):]]++
		if wants := map[bool]uint32{true: 0, false: 1000}[e.Trap.Equal(mib2.ColdStart)]; e.Uptime != wants {
			t.Errorf("%v at %d, want %d", e.Trap, e.Uptime, wants)
		}
	}
	for _, what := range []string{"1 5.1", "1 5.3", "2c 5.1", "2c 5.3", "3 5.1", "3 5.3"} {
		if want := map[bool]int{true: 2, false: 1}[strings.HasPrefix(what, "2c")]; heard[what] != want {
			t.Errorf("%s came %d times, want %d", what, heard[what], want)
		}
	}
	for _, done := range r.Targets() {
		if done.Sent != 2 || done.Failed != 0 || done.Waiting != 0 {
			t.Errorf("%+v", done)
		}
	}
	if sent, traps := a.Count(agent.OutPkts), a.Count(agent.OutTraps); sent != 8 || traps != 6 {
		t.Errorf("snmpOutPkts is %d, snmpOutTraps %d", sent, traps)
	}
}

// TestUnheard notifies nobody: the traps are sent, the informs are not confirmed, and what waits is bounded.
func TestUnheard(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	silent, unknown := target(message.V2c), target(message.V2c)
	silent.Inform, unknown.To = true, "nobody:162"
	p.lab.Port("linux", "eth0").SetUp(false)
	r, _ := p.serve(target(message.V2c), silent, unknown)
	for range 2000 {
		r.Happened(agent.Event{Bad: true}) // switched off: nobody is told
	}
	p.clock.Sleep(t.Context(), time.Minute)
	got := r.Targets()
	if got[0].Sent != 1 || got[1].Failed != 1 || got[1].LastError == nil || got[2].Failed != 1 || got[2].LastError == nil {
		t.Errorf("%+v", got)
	}
	r.Close()
	p.shut("eth1")
	p.clock.Sleep(t.Context(), time.Minute)
	if again := r.Targets(); again[0].Sent != 1 || again[1].Failed != 1 {
		t.Errorf("after the end: %+v", again)
	}
}
