package agent

import (
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// seal makes a message of version 3 of an answer or a report, as secure as the request was (RFC 3412 section 7.1).
func (a *Agent) seal(r *Request, p *message.PDU) ([]byte, error) {
	asked := r.message.V3
	boots, seconds := a.engine.Now(a.clock.Now())
	m := &message.Message{Version: message.V3, PDU: p, V3: &message.Secure{
		ID: asked.ID, MaxSize: int32(a.options.MaxSize), Flags: r.Level.Flags(), Model: message.ModelUSM,
		Security:      message.Security{EngineID: a.engine.ID(), Boots: boots, Time: seconds, User: r.User},
		ContextEngine: asked.ContextEngine, Context: asked.Context,
	}}
	if r.Level == usm.NoAuthNoPriv {
		return m.Encode()
	}
	return usm.Seal(m, r.keys, a.salts.Next())
}
