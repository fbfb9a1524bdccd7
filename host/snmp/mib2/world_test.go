package mib2_test

import (
	"testing"
	"time"

	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/mib2"
	"moonwire/host/snmp/oid"
)

// A place is a host of a lab that tells of itself.
type place struct {
	*testing.T
	clock *simtime.Clock
	lab   *lab.Lab
	host  *lab.Host
	mib   *mib2.Host
}

// tell is R2 of linux -- R1 -- R2 -- server in simulated time.
func tell(t *testing.T, o mib2.Options) *place {
	t.Helper()
	clock := simtime.New(time.Time{})
	t.Cleanup(clock.Close)
	plan, err := topology.Build(topology.Spec{Lines: []string{"linux -- R1 -- R2 -- server"}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := lab.New(plan, lab.Options{Clock: clock, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	host, err := l.Host("R2")
	if err != nil {
		t.Fatal(err)
	}
	mib, err := mib2.New(network.With(t.Context(), host.Network()), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(mib.Close)
	return &place{t, clock, l, host, mib}
}

func (p *place) get(name string) message.Value { return p.mib.View().Get(oid.MustParse(name)) }

// wants compares a variable.
func (p *place) wants(name string, want message.Value) {
	p.Helper()
	if got := p.get(name); !got.Equal(want) {
		p.Errorf("%s is %v %v, want %v %v", name, got.Type, got, want.Type, want)
	}
}

// pass lets time go by.
func (p *place) pass(d time.Duration) { p.clock.Sleep(p.Context(), d) }

// set sets a variable and says how that ended.
func (p *place) set(name string, v message.Value) message.ErrorStatus {
	c, status := p.mib.Prepare(oid.MustParse(name), v)
	if status != message.NoError {
		return status
	}
	if c.Commit() != nil {
		return message.CommitFailed
	}
	return message.NoError
}

// walk is everything below a name, found step by step.
func (p *place) walk(root string) (all []message.Var) {
	p.Helper()
	at := oid.MustParse(root)
	for name := at; ; {
		v, ok := p.mib.View().Next(name)
		if !ok || !v.Name.HasPrefix(at) {
			return all
		}
		if oid.Compare(v.Name, name) <= 0 {
			p.Fatalf("after %v comes %v", name, v.Name)
		}
		all = append(all, v)
		name = v.Name
	}
}

// number is a value of enumerations and sizes.
func number(n int) message.Value { return message.Integer(int64(n)) }
