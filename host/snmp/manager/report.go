package manager

import (
	"fmt"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/usm"
)

// A ReportError is what an engine says of a message that it refused (RFC 3414 section 3.2, RFC 3412 section 7).
type ReportError struct {
	Statistic usm.Statistic // 0: another than USM's
	Counter   oid.OID       // that the report names
	text      string
	kind      string
}

// Error tells who refused what, and what would cure it.
func (e *ReportError) Error() string { return e.text }

// Kind is that of the statistic.
func (e *ReportError) Kind() string { return e.kind }

// otherCounters are the statistics of the message layer that a report may name (RFC 3412 section 5, RFC 3413 section 3.3).
var otherCounters = []struct {
	counter       oid.OID
	kind, meaning string
}{
	{oid.MustParse("1.3.6.1.6.3.11.2.1.1"), "unsupported", "the agent doesn't know the security model (snmpUnknownSecurityModels)"},
	{oid.MustParse("1.3.6.1.6.3.11.2.1.2"), "malformed", "the agent takes the message for malformed (snmpInvalidMsgs)"},
	{oid.MustParse("1.3.6.1.6.3.11.2.1.3"), "unsupported", "nobody at the agent serves this context engine (snmpUnknownPDUHandlers)"},
	{oid.MustParse("1.3.6.1.6.3.12.1.4"), "notfound", "the agent has the context, and can't serve it now (snmpUnavailableContexts)"},
	{oid.MustParse("1.3.6.1.6.3.12.1.5"), "notfound", "the agent has no such context (snmpUnknownContexts)"},
}

// reported makes the error of a report.
func (s *Session) reported(m *message.Message) error {
	if len(m.PDU.Vars) == 0 {
		return s.malformed("a report that names no counter")
	}
	e := &ReportError{Counter: m.PDU.Vars[0].Name}
	if statistic, ok := usm.StatisticOf(e.Counter); ok {
		e.Statistic, e.kind = statistic, statistic.Kind()
		e.text = fmt.Sprintf("%s: %s (%s)%s", s, s.secure.meaning(statistic, s.secure.known()), statistic, s.secure.remedy(statistic))
		return e
	}
	for _, o := range otherCounters {
		if e.Counter.HasPrefix(o.counter) {
			e.kind, e.text = o.kind, fmt.Sprintf("%s: %s", s, o.meaning)
			return e
		}
	}
	e.kind, e.text = "unsupported", fmt.Sprintf("%s: a report of %s, which no standard explains", s, s.o.Name(e.Counter))
	return e
}

// meaning says what a statistic means, with the names at hand.
func (c *secure) meaning(s usm.Statistic, engine usm.EngineID) string {
	switch s {
	case usm.UnknownUserNames:
		return fmt.Sprintf("the engine %s has no user '%s'", engine, c.user.Name)
	case usm.WrongDigests:
		return fmt.Sprintf("the user '%s' exists, the password is wrong, or the digest is not %s", c.user.Name, c.user.Auth)
	case usm.UnsupportedSecLevels:
		return fmt.Sprintf("the user '%s' exists, and may not ask with %s", c.user.Name, c.level)
	case usm.DecryptionErrors:
		return fmt.Sprintf("the agent could not decrypt the question: the privacy password of '%s' is wrong, or the cipher is not %s", c.user.Name,
			c.user.Priv)
	case usm.UnknownEngineIDs:
		return fmt.Sprintf("the agent's engine is not %s", engine)
	}
	return s.Meaning()
}

// remedy says what may help.
func (c *secure) remedy(s usm.Statistic) string {
	switch s {
	case usm.UnknownEngineIDs:
		if c.fixed {
			return "; leave engine out, so that it is discovered"
		}
	case usm.NotInTimeWindows:
		return "; its time didn't come with the report, or keeps changing"
	case usm.DecryptionErrors:
		return c.sibling() + "; snmp.diagnose tries others"
	case usm.WrongDigests, usm.UnsupportedSecLevels:
		return "; snmp.diagnose tries others"
	}
	return ""
}

// sibling names the cipher whose keys are lengthened in the other way, where that makes a difference, to follow a text.
func (c *secure) sibling() string {
	if other, ok := c.user.Priv.Sibling(); ok && c.user.Priv.Lengthens(c.user.Auth) {
		return fmt.Sprintf("; if it uses %s, try %s", other.Title(), other)
	}
	return ""
}

// perhaps names what makes an agent of version 3 silent.
func (c *secure) perhaps() string {
	switch {
	case c.known() == nil:
		return " (it may not speak version 3, or nothing may run there)"
	case c.context != "":
		return fmt.Sprintf(" (some agents are silent when they have no context '%s')", c.context)
	case c.level == usm.AuthPriv:
		return fmt.Sprintf(" (some agents are silent when the privacy password is wrong, or the cipher is not %s%s; snmp.diagnose tells)", c.user.Priv,
			c.sibling())
	}
	return " (it answered discovery before)"
}
