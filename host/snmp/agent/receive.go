package agent

import (
	"bytes"
	"errors"

	"moonwire/host/snmp/inlet"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// handle is what the sockets do with a message.
func (a *Agent) handle(in *inlet.Message) {
	a.tally.add(InPkts)
	r := &Request{Source: in.Source, Local: in.Local, Stream: in.Stream, Time: in.Time, agent: a, in: in}
	m, err := message.Decode(in.Bytes)
	if err != nil {
		a.undecoded(r, err)
		return
	}
	r.message, r.Version = m, m.Version
	switch m.Version {
	case message.V1, message.V2c:
		err = a.fromCommunity(r)
	case message.V3:
		err = a.fromUser(r)
	default:
		a.tally.add(InBadVersions)
		err = &loss{why: "version " + m.Version.String()}
	}
	if err != nil {
		a.refuse(r, err)
		return
	}
	a.tally.asked(r)
	a.serve(r)
}

// undecoded is about bytes that are no message.
func (a *Agent) undecoded(r *Request, err error) {
	if errors.Is(err, message.ErrVersion) {
		a.tally.add(InBadVersions)
	} else {
		a.tally.add(InASNParseErrs)
	}
	a.dropped(r, err.Error())
}

// A loss is why a message gets no answer but, in version 3, a report.
type loss struct {
	why     string
	bad     bool     // it was not authentic
	counter *Counter // that is reported
}

func (l *loss) Error() string { return l.why }

// lose counts a message that gets no answer.
func (a *Agent) lose(c Counter, why string) error {
	a.tally.add(c)
	return &loss{why: why}
}

// report counts a message that gets a report.
func (a *Agent) report(c Counter, why string) error {
	a.tally.add(c)
	return &loss{why: why, counter: &c}
}

// fromCommunity checks a message of version 1 or 2c (RFC 3584 section 5.2.1).
func (a *Agent) fromCommunity(r *Request) error {
	m := r.message
	c := a.access.communities[string(m.Community)]
	if err := m.Err(); err != nil {
		return a.lose(InASNParseErrs, err.Error())
	}
	if c == nil {
		a.tally.add(InBadCommunityNames)
		return &loss{why: "unknown community", bad: true}
	}
	r.Community, r.Context = c.Name, c.Context
	return a.admit(r, c.Rules)
}

// smallest is the least msgMaxSize that there may be (RFC 3412 section 6).
const smallest = 484

// fromUser checks a message of version 3 (RFC 3412 section 7.2).
func (a *Agent) fromUser(r *Request) error {
	m, s := r.message, r.message.V3
	level, sensible := usm.LevelOf(s.Flags)
	switch err := m.Err(); {
	case err != nil && m.PDU == nil && s.Encrypted == nil, s.MaxSize < smallest, s.ID < 0, len(s.Security.User) > usm.LongestName:
		return a.lose(InASNParseErrs, "a header that can't be read")
	case s.Model != message.ModelUSM:
		return a.lose(UnknownSecurityModels, "another security model than USM")
	case !sensible:
		return a.lose(InvalidMsgs, "privacy without authentication")
	}
	r.User, r.Level = s.Security.User, level
	var err error
	if r.keys, err = a.engine.Receive(m, a.access.users, r.Time); err != nil {
		return err
	}
	r.Context = s.Context
	switch err := m.Err(); {
	case err != nil:
		return a.lose(InASNParseErrs, err.Error())
	case m.PDU == nil:
		return a.lose(InASNParseErrs, "no PDU")
	case !bytes.Equal(s.ContextEngine, a.engine.ID()):
		return a.report(UnknownPDUHandlers, "another context engine")
	}
	return a.admit(r, a.access.rules[r.User])
}

// admit looks at what is asked for, in which context, and by whom.
func (a *Agent) admit(r *Request, rules []Rule) error {
	p := r.message.PDU
	r.Type, r.Names = p.Type, len(p.Vars)
	switch p.Type {
	case message.Get, message.GetNext, message.Set:
	case message.GetBulk:
		if r.Version == message.V1 {
			return a.lose(InASNParseErrs, "a bulk request in version 1")
		}
	case message.Response:
		a.tally.add(InGetResponses)
		return a.report(UnknownPDUHandlers, "an answer that nobody waits for")
	case message.TrapV1, message.TrapV2:
		a.tally.add(InTraps)
		return a.report(UnknownPDUHandlers, "a trap")
	default:
		return a.report(UnknownPDUHandlers, "a PDU of type "+p.Type.String())
	}
	if r.tree = a.options.Trees[r.Context]; r.tree == nil {
		return a.report(UnknownContexts, "unknown context")
	}
	if rule, err := pick(rules, r.Context, r.Level); err == nil {
		r.rule, r.view = rule, rule.viewFor(p.Type)
	}
	return nil
}

// refuse reports why a message gets no answer, where it asks for reports.
func (a *Agent) refuse(r *Request, err error) {
	e := Event{Kind: "refused", Why: err.Error(), Source: r.Source, Request: r}
	var b []byte
	var l *loss
	switch {
	case !errors.As(err, &l):
		e.Bad = !errors.Is(err, usm.ErrUnknownEngine) && !errors.Is(err, usm.ErrNotInWindow)
		b, _ = a.engine.Report(r.message, r.keys, err, a.clock.Now())
	case l.counter != nil && r.Version == message.V3 && r.message.PDU.Type.Confirmed():
		b, _ = a.seal(r, &message.PDU{Type: message.Report, RequestID: r.message.PDU.RequestID,
			Vars: []message.Var{{Name: l.counter.OID(), Value: message.Counter32(a.Count(*l.counter))}}})
	default:
		e.Bad = l.bad
	}
	if b != nil {
		a.tally.add(OutPkts)
		a.sendBack(r, b)
	}
	a.tell(e)
}
