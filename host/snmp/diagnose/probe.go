package diagnose

import (
	"context"
	"errors"

	"moonwire/host/network"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/usm"
)

// sysUpTime is what is asked for: every agent has it.
var sysUpTime = oid.MustParse("1.3.6.1.2.1.1.3.0")

// An answer is how an agent took a question.
type answer struct {
	known  bool                 // the user was accepted: a response came, perhaps with an error status
	value  *message.Value       // of sysUpTime; nil when there is none
	status *manager.StatusError // nil: no error
	report *manager.ReportError // why the question was refused; nil when it was not
	silent bool                 // nobody answered in time
}

// said says whether the answer is the report of a statistic.
func (a answer) said(s usm.Statistic) bool { return a.report != nil && a.report.Statistic == s }

// ask asks for sysUpTime as a user. Errors are those that end the diagnosis: of the network, or a cancelled task.
func (d *diagnosis) ask(ctx context.Context, u *usm.User) (answer, error) {
	o := d.o
	o.Version, o.User = message.V3, u
	if e := d.report.Engine; e != nil {
		o.Engine, o.Boots, o.Time = e.ID, e.Boots, e.Time
	}
	return ask(ctx, o)
}

func ask(ctx context.Context, o manager.Options) (answer, error) {
	s, err := manager.Open(ctx, o)
	if err != nil {
		return answer{}, err
	}
	defer s.Close()
	vars, err := s.Get(ctx, sysUpTime)
	var a answer
	var timeout *manager.TimeoutError
	switch {
	case err == nil:
		a.known, a.value = true, &vars[0].Value
	case errors.As(err, &a.status):
		a.known = true
	case errors.As(err, &a.report):
	case errors.As(err, &timeout):
		a.silent = true
	default:
		return a, err
	}
	return a, nil
}

// first asks as each of users at once, and gives the first of them whom the agent accepts; nil when there is none. told are
// those whom it refused by a report, instead of being silent.
func (d *diagnosis) first(ctx context.Context, users []*usm.User) (found *usm.User, told []*usm.User, err error) {
	type result struct {
		answer
		err error
	}
	results := make([]result, len(users))
	waiters := make([]network.Waiter, len(users))
	clock := network.ClockFrom(ctx)
	for i, u := range users {
		waiters[i] = network.NewWaiter(clock)
		network.GoBy(clock, func() {
			results[i].answer, results[i].err = d.ask(ctx, u)
			waiters[i].Wake()
		})
	}
	for i := range users { // all are waited for, so that none is left behind
		waiters[i].Wait(context.WithoutCancel(ctx))
	}
	for i, u := range users {
		r := &results[i]
		if r.report != nil {
			told = append(told, u)
		}
		if err == nil {
			err = r.err
		}
		if r.known && found == nil {
			found = u
		}
	}
	return found, told, errors.Join(err, ctx.Err())
}
