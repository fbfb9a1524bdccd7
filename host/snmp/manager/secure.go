package manager

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// secure is what version 3 has to know of the agent's engine.
type secure struct {
	user    usm.User
	level   usm.Level
	context string
	fixed   bool // the engine's id was given

	salts  *usm.Salts
	remote usm.Remote
	turn   network.Turn // of who asks for the engine's id

	mu     sync.Mutex
	engine usm.EngineID // nil before it is discovered
}

// maxSize is the longest message that a session takes: what UDP over IPv4 carries.
const maxSize = 65507

func newSecure(ctx context.Context, o Options) (*secure, error) {
	c := &secure{context: o.Context, fixed: o.Engine != nil, engine: o.Engine, salts: usm.NewSalts(network.Rand(ctx).Uint64())}
	if o.User != nil {
		c.user = *o.User
	}
	if err := c.user.Check(); err != nil {
		return nil, err
	}
	c.level = c.user.Level()
	if o.Boots != 0 || o.Time != 0 {
		c.remote.Set(o.Boots, o.Time, network.ClockFrom(ctx).Now())
	}
	return c, nil
}

// known is the engine's id, nil before it is discovered.
func (c *secure) known() usm.EngineID {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.engine
}

// adopt takes another id for the engine's.
func (c *secure) adopt(id []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.engine = bytes.Clone(id)
}

// pass is what one message was sealed with.
type pass struct {
	keys   *usm.Keys
	tried  map[usm.Statistic]bool // reports that were acted upon
	engine usm.EngineID
}

// sendSecure sends the PDU in a message of version 3, once the engine is known.
func (r *request) sendSecure(ctx context.Context) error {
	c := r.s.secure
	if c.known() == nil {
		if err := r.s.learn(ctx); err != nil {
			return err
		}
	}
	if r.pass == nil {
		r.pass = &pass{}
	}
	r.pass.engine = c.known()
	var err error
	if r.pass.keys, err = c.user.Localize(r.pass.engine); err != nil {
		return err
	}
	m := r.s.secured(r.pdu)
	if r.s.o.ContextEngine == nil {
		m.V3.ContextEngine = r.pass.engine
	}
	m.V3.Flags |= c.level.Flags()
	m.V3.Security.EngineID, m.V3.Security.User = r.pass.engine, c.user.Name
	m.V3.Security.Boots, m.V3.Security.Time, _ = c.remote.Now(r.s.net.Clock().Now())
	data, err := usm.Seal(m, r.pass.keys, c.salts.Next())
	if err != nil {
		return err
	}
	r.posted, err = r.s.post(ctx, m.V3.ID, data, r.acceptSecure)
	return err
}

// secured is a message of version 3 for a PDU, in clear and for nobody yet.
func (s *Session) secured(pdu *message.PDU) *message.Message {
	pdu.RequestID = s.nextID()
	m := &message.Message{Version: message.V3, PDU: pdu, V3: &message.Secure{ID: pdu.RequestID, MaxSize: maxSize, Model: message.ModelUSM,
		ContextEngine: s.o.ContextEngine, Context: s.o.Context}}
	if pdu.Type.Confirmed() {
		m.V3.Flags = message.Reportable
	}
	return m
}

// acceptSecure says whether a message of version 3 is an answer: a report, or a response as safe as the question was.
func (r *request) acceptSecure(m *message.Message) error {
	switch {
	case m.V3 == nil:
		return fmt.Errorf("it has version %s", m.Version)
	case isReport(m) && m.V3.Flags&message.Auth == 0:
		return r.s.secure.unsigned(m)
	case !bytes.Equal(m.V3.Security.EngineID, r.pass.engine):
		return fmt.Errorf("it is of the engine %s", usm.EngineID(m.V3.Security.EngineID))
	}
	if err := usm.Open(m, r.pass.keys); err != nil {
		return err
	}
	if isReport(m) {
		return nil
	}
	if level, ok := usm.LevelOf(m.V3.Flags); !ok || level < r.s.secure.level {
		return fmt.Errorf("it is only %s", level)
	}
	if m.PDU != nil && m.PDU.Type != message.Response {
		return fmt.Errorf("it is a %s", m.PDU.Type)
	}
	if r.s.secure.level == usm.NoAuthNoPriv {
		return nil
	}
	return r.s.secure.remote.Check(m.V3.Security.Boots, m.V3.Security.Time, r.s.net.Clock().Now())
}

// unsigned says whether a report without a digest is taken. One of the time is not, where the user has keys: the engine signs
// it (RFC 3414 section 3.2 step 7a), and anybody could move the session's notion of the time otherwise.
func (c *secure) unsigned(m *message.Message) error {
	if c.level == usm.NoAuthNoPriv || len(m.PDU.Vars) == 0 {
		return nil
	}
	if s, ok := usm.StatisticOf(m.PDU.Vars[0].Name); !ok || s != usm.NotInTimeWindows {
		return nil
	}
	return errUnsigned
}

// errUnsigned is why a report of the time is not believed.
var errUnsigned = &ReportError{Statistic: usm.NotInTimeWindows, Counter: usm.NotInTimeWindows.OID(), kind: usm.NotInTimeWindows.Kind(),
	text: "a report that the message is outside the engine's time window (usmStatsNotInTimeWindows) is not signed, so that anybody may have sent it " +
		"(RFC 3414 section 3.2 step 7a); a new session asks for the engine's time again"}

func isReport(m *message.Message) bool { return m.PDU != nil && m.PDU.Type == message.Report }

// healed acts upon reports: it takes the engine's time or another id of it, and asks again. Each is tried once.
func (r *request) healed(ctx context.Context, m *message.Message) (*message.Message, error) {
	c := r.s.secure
	for isReport(m) {
		r.s.stats.reports.Add(1)
		err := r.s.reported(m)
		var report *ReportError
		if !errors.As(err, &report) || r.pass.tried[report.Statistic] {
			return nil, err
		}
		switch id := m.V3.Security.EngineID; {
		case report.Statistic == usm.NotInTimeWindows:
			c.remote.Set(m.V3.Security.Boots, m.V3.Security.Time, r.s.net.Clock().Now())
		case report.Statistic == usm.UnknownEngineIDs && !c.fixed && len(id) > 0 && !bytes.Equal(id, r.pass.engine):
			c.adopt(id)
			c.remote.Set(m.V3.Security.Boots, m.V3.Security.Time, r.s.net.Clock().Now())
		default:
			return nil, err
		}
		if r.pass.tried == nil {
			r.pass.tried = map[usm.Statistic]bool{}
		}
		r.pass.tried[report.Statistic] = true
		if err := r.send(ctx); err != nil {
			return nil, err
		}
		if m, err = r.posted.wait(ctx); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// An Engine is what discovery tells of an agent's (RFC 3414 section 4).
type Engine struct {
	ID          usm.EngineID
	Boots, Time int32
}

// Discover asks the agent for its engine's id, boots and time. The session takes them from then on.
func (s *Session) Discover(ctx context.Context) (Engine, error) {
	if s.secure == nil {
		return Engine{}, errNoEngine
	}
	m := s.secured(&message.PDU{Type: message.Get})
	data, err := m.Encode()
	if err != nil {
		return Engine{}, err
	}
	p, err := s.post(ctx, m.V3.ID, data, func(m *message.Message) error {
		switch {
		case m.V3 == nil:
			return fmt.Errorf("it has version %s", m.Version)
		case len(m.V3.Security.EngineID) == 0:
			return errors.New("it names no engine")
		}
		return nil
	})
	if err != nil {
		return Engine{}, err
	}
	if m, err = p.wait(ctx); err != nil {
		return Engine{}, err
	}
	if isReport(m) {
		s.stats.reports.Add(1)
	}
	e := Engine{bytes.Clone(m.V3.Security.EngineID), m.V3.Security.Boots, m.V3.Security.Time}
	if c := s.secure; !c.fixed {
		c.adopt(e.ID)
		c.remote.Set(e.Boots, e.Time, s.net.Clock().Now())
	}
	return e, nil
}

// errNoEngine is why only version 3 has engines.
var errNoEngine = &LineError{text: "only version 3 has engines to discover: open the session with version 3", kind: "unsupported"}

// learn discovers the engine; one question does it for all.
func (s *Session) learn(ctx context.Context) error {
	if err := s.secure.turn.Take(ctx, time.Time{}); err != nil {
		return err
	}
	defer s.secure.turn.Give()
	if s.secure.known() != nil {
		return nil
	}
	_, err := s.Discover(ctx)
	return err
}

// Engine is what is known of the agent's engine; false before it was discovered.
func (s *Session) Engine() (Engine, bool) {
	if s.secure == nil || s.secure.known() == nil {
		return Engine{}, false
	}
	boots, seconds, _ := s.secure.remote.Now(s.net.Clock().Now())
	return Engine{s.secure.known(), boots, seconds}, true
}

// Read decodes a message of the session's, decrypted when it is the user's.
func (s *Session) Read(data []byte) (*message.Message, error) {
	m, err := message.Decode(data)
	if err != nil || s.secure == nil || m.V3 == nil || m.V3.Encrypted == nil {
		return m, err
	}
	if k, err := s.secure.user.Localize(m.V3.Security.EngineID); err == nil {
		usm.Open(m, k) // what can't be decrypted stays encrypted
	}
	return m, nil
}
