package resident

import (
	"context"
	"sync"

	"moonwire/host/network"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/notify"
)

// most is how many notifications wait for a target; further ones are lost, and counted as failed.
const most = 1024

// A sender sends a target its notifications, in their order, beside everything else.
type sender struct {
	target Target
	agent  *agent.Agent
	ctx    context.Context
	cancel context.CancelFunc
	waiter network.Waiter

	mu   sync.Mutex // guards what follows
	list []notify.Notification
	done Progress
}

func newSender(ctx context.Context, t Target) *sender {
	s := &sender{target: t, waiter: network.NewWaiter(network.ClockFrom(ctx))}
	s.done.Target = t
	s.ctx, s.cancel = network.WithCancel(context.WithoutCancel(ctx))
	return s
}

// start begins to send in an agent's name.
func (s *sender) start(a *agent.Agent) {
	s.agent = a
	network.Go(s.ctx, s.run)
}

// put has a notification sent.
func (s *sender) put(n notify.Notification) {
	s.mu.Lock()
	if len(s.list) < most {
		s.list = append(s.list, n)
	} else {
		s.done.Failed++
	}
	s.mu.Unlock()
	s.waiter.Wake()
}

// run sends until the sender is closed.
func (s *sender) run() {
	for {
		n, ok := s.take()
		if !ok {
			if s.waiter.Wait(s.ctx) != nil {
				return
			}
			continue
		}
		err := s.send(s.ctx, n)
		if s.ctx.Err() != nil {
			return
		}
		s.sent(err)
	}
}

func (s *sender) take() (n notify.Notification, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.list) == 0 {
		return n, false
	}
	n, s.list = s.list[0], s.list[1:]
	return n, true
}

// sent counts.
func (s *sender) sent(err error) {
	if err == nil {
		s.agent.Add(agent.OutPkts)
		if !s.target.Inform {
			s.agent.Add(agent.OutTraps)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		s.done.Sent++
		return
	}
	s.done.Failed++
	s.done.LastError = err
}

func (s *sender) progress() Progress {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.done
	p.Waiting = len(s.list)
	return p
}

// close ends the sending.
func (s *sender) close() { s.cancel() }
