package notify

import (
	"context"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
)

// A Receipt says how an inform was confirmed.
type Receipt struct {
	Time     time.Duration // from the first sending to the answer
	Sendings int           // of the inform itself
}

// Inform sends an inform by a session with its receiver, and waits until it is confirmed. The session sends again, and finds
// out the receiver's engine, as for any question.
func Inform(ctx context.Context, s *manager.Session, n Notification) (Receipt, error) {
	if s.Options().Version == message.V1 {
		return Receipt{}, &Unsayable{"version 1 has no inform (RFC 3584 section 2.2): send a trap, or use version 2c or 3"}
	}
	clock := network.ClockFrom(ctx)
	start, before := clock.Now(), s.Stats().Retries
	_, err := s.Do(ctx, message.PDU{Type: message.Inform, Vars: n.Bindings()})
	if err != nil {
		return Receipt{}, err
	}
	return Receipt{clock.Now().Sub(start), 1 + int(s.Stats().Retries-before)}, nil
}
