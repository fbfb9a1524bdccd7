package usm

import (
	"errors"
	"time"

	"moonwire/host/snmp/message"
)

// Report answers a message that Receive refused with err: the statistic's counter, sent by the engine (RFC 3412
// section 7.1). It is nil where no answer is due: the message doesn't ask to be told, or the refusal has no statistic. A
// report of the time is signed with the sender's keys, so that the engine's time can be believed; the others are in
// clear.
func (e *Engine) Report(m *message.Message, k *Keys, err error, now time.Time) ([]byte, error) {
	var r *Refusal
	if !errors.As(err, &r) || !asksForReports(m) {
		return nil, nil
	}
	boots, seconds := e.Now(now)
	answer := &message.Message{
		Version: message.V3,
		V3: &message.Secure{
			ID: m.V3.ID, MaxSize: ourMaxSize, Model: message.ModelUSM,
			Security:      message.Security{EngineID: e.ID(), Boots: boots, Time: seconds, User: m.V3.Security.User},
			ContextEngine: e.ID(),
		},
		PDU: &message.PDU{Type: message.Report, RequestID: requestID(m), Vars: []message.Var{
			{Name: r.Statistic.OID(), Value: message.Counter32(e.Count(r.Statistic))},
		}},
	}
	if r.Statistic == NotInTimeWindows && k != nil {
		answer.V3.Flags = message.Auth
		return Seal(answer, k, 0)
	}
	return answer.Encode()
}

// ourMaxSize is the longest message that we take: what UDP over IPv4 carries.
const ourMaxSize = 65507

// asksForReports says whether a refusal of m may be reported: the flag tells, and where the PDU can be read its type does
// (RFC 3412 section 7.1 step 3).
func asksForReports(m *message.Message) bool {
	if m.PDU != nil {
		return m.PDU.Type.Confirmed()
	}
	return m.V3.Flags&message.Reportable != 0
}

// requestID is that of the request when it could be read.
func requestID(m *message.Message) int32 {
	if m.PDU == nil {
		return 0
	}
	return m.PDU.RequestID
}
