package message

import (
	"fmt"

	"moonwire/host/snmp/ber"
)

// readSecure reads what follows the version in a message of version 3 (RFC 3412 section 6).
func (m *Message) readSecure(r *ber.Reader, room *PDU) {
	s := m.V3
	header := r.Enter(ber.Sequence, "header")
	s.ID = header.Int32("msgID")
	s.MaxSize = header.Int32("msgMaxSize")
	at := header.Offset()
	flags := header.Bytes(ber.OctetString, "msgFlags")
	if !header.Broken() && len(flags) != 1 {
		header.Note(at, fmt.Sprintf("msgFlags has %d bytes, not 1", len(flags)))
	}
	if len(flags) > 0 {
		s.Flags = Flags(flags[0])
	}
	s.Model = header.Int32("msgSecurityModel")
	header.End("the header")
	security := r.Enter(ber.OctetString, "security parameters")
	if s.Model == ModelUSM {
		s.Security.read(&security)
	} else {
		s.Other = security.Rest()
	}
	m.readData(r, room)
}

// read reads the parameters of the User-based Security Model (RFC 3414 section 2.4).
func (s *Security) read(r *ber.Reader) {
	in := r.Enter(ber.Sequence, "security parameters")
	s.EngineID = in.Bytes(ber.OctetString, "msgAuthoritativeEngineID")
	s.Boots = in.Int32("msgAuthoritativeEngineBoots")
	s.Time = in.Int32("msgAuthoritativeEngineTime")
	s.User = string(in.Bytes(ber.OctetString, "msgUserName"))
	s.Auth = in.Bytes(ber.OctetString, "msgAuthenticationParameters")
	s.AuthAt = in.Offset() - len(s.Auth)
	s.Priv = in.Bytes(ber.OctetString, "msgPrivacyParameters")
	in.End("msgPrivacyParameters")
	r.End("the security parameters")
}

// readData reads the scoped PDU, plain or encrypted. Its tag decides; that the flags say the same is checked.
func (m *Message) readData(r *ber.Reader, room *PDU) {
	at := r.Offset()
	encrypted := r.Peek() == ber.OctetString
	if encrypted != (m.V3.Flags&Priv != 0) && r.More() {
		r.Note(at, "msgFlags and the scoped PDU differ about encryption")
	}
	if encrypted {
		m.V3.Encrypted = r.Bytes(ber.OctetString, "encrypted PDU")
		return
	}
	m.readScoped(r, room)
}

// readScoped reads a scoped PDU.
func (m *Message) readScoped(r *ber.Reader, room *PDU) {
	in := r.Enter(ber.Sequence, "scoped PDU")
	m.V3.ContextEngine = in.Bytes(ber.OctetString, "contextEngineID")
	m.V3.Context = string(in.Bytes(ber.OctetString, "contextName"))
	m.PDU = readPDU(&in, room)
	in.End("the PDU")
}

// DecodeScoped reads a scoped PDU that was decrypted into the message, which shares plain. Bytes behind it are the
// cipher's padding. It fails when the scoped PDU can't be read as a whole; the PDU is nil where none begins.
func (m *Message) DecodeScoped(plain []byte) error {
	var log ber.Log
	r := ber.NewReader(plain, &log)
	m.readScoped(&r, new(PDU))
	for _, p := range log {
		p.What = "decrypted: " + p.What
		m.Problems = append(m.Problems, p)
	}
	return log.Broken()
}
