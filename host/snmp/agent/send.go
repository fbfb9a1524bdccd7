package agent

import (
	"moonwire/host/snmp/message"
)

// send encodes an answer and sends it, unless it is too long (RFC 3416 section 4.2).
func (a *Agent) send(r *Request, p *message.PDU) {
	r.faults.id(p)
	b, err := a.encode(r, p)
	if err == nil && len(b) > r.maxSize() {
		p = a.shortened(r, p)
		if b, err = a.encode(r, p); err == nil && len(b) > r.maxSize() {
			a.tally.add(SilentDrops)
			a.dropped(r, "even an answer without variables is too long")
			return
		}
	}
	if err != nil {
		a.dropped(r, err.Error())
		return
	}
	a.tally.answered(r, p)
	a.tally.add(OutPkts)
	r.faults.after(a) // who has the answer finds it done
	r.faults.deliver(r, b)
	a.tell(Event{Kind: "answered", Source: r.Source, Request: r, Names: r.message.PDU.Vars, Status: p.ErrorStatus, Index: p.ErrorIndex})
}

// shortened is the answer in place of one that is too long: of a bulk request with less, else tooBig.
func (a *Agent) shortened(r *Request, p *message.PDU) *message.PDU {
	for r.Type == message.GetBulk && p.ErrorStatus == message.NoError && len(p.Encoded) > 1 {
		p.Encoded = p.Encoded[:len(p.Encoded)*7/8]
		if b, err := a.encode(r, p); err == nil && len(b) <= r.maxSize() {
			return p
		}
	}
	return r.failed(message.TooBig, 0)
}

// overhead is at most what stands around the variables of an answer.
func (r *Request) overhead() int {
	const heads = 64
	if r.Version != message.V3 {
		return heads + len(r.message.Community)
	}
	const digestAndSalt, header, block = 48 + 8, 48, 8
	s := r.message.V3
	return heads + header + digestAndSalt + block + len(s.Security.EngineID) + len(s.Security.User) + len(s.ContextEngine) + len(s.Context)
}

// encode makes a message of an answer.
func (a *Agent) encode(r *Request, p *message.PDU) ([]byte, error) {
	if r.Version == message.V3 {
		return a.seal(r, p)
	}
	return (&message.Message{Version: r.Version, Community: r.message.Community, PDU: p}).Encode()
}

// sendBack sends bytes where the request came from. What the system refuses, the sockets count.
func (a *Agent) sendBack(r *Request, b []byte) { _ = r.in.Reply(b) }
