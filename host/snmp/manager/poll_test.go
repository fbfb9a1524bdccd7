package manager_test

import (
	"context"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// poll asks targets, and gives the results by their index.
func poll(t *testing.T, targets []manager.Target, o manager.PollOptions, names ...oid.OID) map[int]manager.Result {
	t.Helper()
	if o.Community == nil {
		o.Community = []byte("public")
	}
	p, err := manager.Poll(t.Context(), targets, names, o)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	all := map[int]manager.Result{}
	for {
		list, err := p.Next(t.Context())
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			if _, twice := all[r.Index]; twice {
				t.Errorf("two results for target %d", r.Index)
			}
			all[r.Index] = r
		}
	}
}

func v2c(timeout time.Duration, retries int) manager.Options {
	return manager.Options{Version: message.V2c, Timeout: timeout, Retries: retries}
}

// TestPoll asks agents of which one has another community, one answers only when asked again, one refuses, one is silent and
// one isn't there.
func TestPoll(t *testing.T) {
	t.Parallel()
	good, slow, refuses, silent := newFake(t, sample(0)...), newFake(t, sample(0)...), newFake(t), newFake(t)
	first := true
	slow.does(func(*message.Message, net.Addr) bool {
		defer func() { first = false }()
		return first
	})
	refuses.does(func(m *message.Message, from net.Addr) bool {
		refuses.send(refuse(m, message.AuthorizationError, 0), from)
		return true
	})
	silent.does(func(*message.Message, net.Addr) bool { return true })
	gone, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone.Close()
	targets := []manager.Target{{Addr: good.addr()}, {Addr: slow.addr()}, {Addr: refuses.addr()}, {Addr: silent.addr()},
		{Addr: gone.LocalAddr().String()}, {Addr: "no.such.name.invalid"}, {Addr: good.addr(), Community: []byte("other")}}
	results := poll(t, targets, manager.PollOptions{Options: v2c(2*time.Second, 1)}, sysName)
	kinds := []string{"", "", decl.AuthorizationError, decl.Timeout, decl.Refused, decl.NotFound, ""}
	for i, kind := range kinds {
		r := results[i]
		if decl.KindOf(r.Err) != kind || kind == "" && (len(r.Vars) != 1 || r.Vars[0].Value.String() != "R2") {
			t.Errorf("target %d: %v, %v", i, r.Vars, r.Err)
		}
	}
	if results[1].Sendings != 2 || results[3].Sendings != 2 {
		t.Errorf("sendings: %d, %d", results[1].Sendings, results[3].Sendings)
	}
}

// TestPollMany asks one agent under many names, few at once and all at once, and not faster than it is told to.
func TestPollMany(t *testing.T) {
	t.Parallel()
	f := newFake(t, sample(0)...)
	targets := make([]manager.Target, 2000)
	for i := range targets {
		targets[i].Addr = f.addr()
	}
	for _, concurrency := range []int{1, 7, 0} {
		for i, r := range poll(t, targets, manager.PollOptions{Options: v2c(2*time.Second, 5), Concurrency: concurrency}, sysName, system.Append(7, 0)) {
			if r.Err != nil || len(r.Vars) != 2 {
				t.Fatalf("concurrency %d, target %d: %v, %v", concurrency, i, r.Vars, r.Err)
			}
		}
	}
	start := time.Now()
	poll(t, targets[:100], manager.PollOptions{Options: v2c(2*time.Second, 5), Rate: 500}, sysName)
	if d := time.Since(start); d < 150*time.Millisecond {
		t.Errorf("100 messages at 500 a second took %v", d)
	}
}

// TestPollEnds cancels a poll that waits.
func TestPollEnds(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	f.does(func(*message.Message, net.Addr) bool { return true })
	p, err := manager.Poll(t.Context(), []manager.Target{{Addr: f.addr()}}, []oid.OID{sysName}, manager.PollOptions{Options: v2c(20*time.Second, 0)})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	ctx, cancel := network.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := p.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
