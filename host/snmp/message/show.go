package message

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// A Line is one field of a message as people read it. A field with fields of its own has those at a greater depth behind
// it.
type Line struct {
	Depth int
	Name  string
	Text  string
}

// A Speller gives a variable's name and the text of its value, for those who know more than numbers.
type Speller func(Var) (name, text string)

// Spell is the Speller that knows no MIB: ("1.3.6.1.2.1.1.5.0", "OctetString: R2").
func Spell(v Var) (name, text string) {
	if v.Value.Type.Exception() || v.Value.Type == TypeNull {
		return v.Name.String(), v.Value.Type.String()
	}
	return v.Name.String(), v.Value.Type.String() + ": " + v.Value.String()
}

// Show is the message in lines, a field each, with its problems at the end.
func (m *Message) Show() string { return m.Lines(Spell).String() }

// Lines are the fields of a message.
type Lines []Line

// String writes lines below each other, the texts in one column.
func (lines Lines) String() string {
	width := 0
	for _, l := range lines {
		width = max(width, 2*l.Depth+len(l.Name))
	}
	var s strings.Builder
	for _, l := range lines {
		line := fmt.Sprintf("%-*s  %s", width, strings.Repeat("  ", l.Depth)+l.Name, l.Text)
		s.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return s.String()
}

// Lines lists the fields of a message, with the names that packet's layer gives them.
func (m *Message) Lines(spell Speller) Lines {
	w := &liner{spell: spell}
	w.add(0, "snmp", m.Summary(spell))
	w.add(1, "version", fmt.Sprintf("%s (%d)", m.Version, int32(m.Version)))
	if m.V3 == nil {
		w.add(1, "community", quoted(m.Community))
		w.pdu(1, m.PDU)
	} else {
		w.secure(m)
	}
	for _, p := range m.Problems {
		w.add(1, "problem", p.String())
	}
	return w.lines
}

// String is Summary without a MIB.
func (m *Message) String() string { return m.Summary(Spell) }

// Summary is the message in one line: version, what it asks or tells, and of which variable.
func (m *Message) Summary(spell Speller) string {
	text := "v" + m.Version.String()
	switch {
	case m.PDU == nil && m.V3 != nil && m.V3.Encrypted != nil:
		return text + " encrypted"
	case m.PDU == nil:
		return text + " without a PDU"
	}
	text += " " + m.PDU.Type.String()
	if m.PDU.Type != GetBulk && m.PDU.ErrorStatus != NoError {
		text += " " + m.PDU.ErrorStatus.String()
	}
	if n := len(m.PDU.Vars); n > 0 {
		name, _ := spell(m.PDU.Vars[0])
		text += " " + name
		if n > 1 {
			text += fmt.Sprintf(" and %d more", n-1)
		}
	}
	return text
}

// A liner collects lines.
type liner struct {
	lines Lines
	spell Speller
}

func (w *liner) add(depth int, name, text string) { w.lines = append(w.lines, Line{depth, name, text}) }

func (w *liner) number(depth int, name string, n int64) {
	w.add(depth, name, strconv.FormatInt(n, 10))
}

// secure lists what only version 3 has. What was decrypted stands behind what was encrypted.
func (w *liner) secure(m *Message) {
	v := m.V3
	w.number(1, "msgID", int64(v.ID))
	w.number(1, "msgMaxSize", int64(v.MaxSize))
	w.add(1, "msgFlags", fmt.Sprintf("%s (%#02x)", cmp.Or(v.Flags.String(), "none"), uint8(v.Flags)))
	w.number(1, "msgSecurityModel", int64(v.Model))
	if v.Other != nil {
		w.add(1, "msgSecurityParameters", hexed(v.Other))
	} else {
		w.add(1, "msgSecurityParameters", "")
		s := &v.Security
		w.add(2, "msgAuthoritativeEngineID", hexed(s.EngineID))
		w.number(2, "msgAuthoritativeEngineBoots", int64(s.Boots))
		w.number(2, "msgAuthoritativeEngineTime", int64(s.Time))
		w.add(2, "msgUserName", quoted([]byte(s.User)))
		w.add(2, "msgAuthenticationParameters", hexed(s.Auth))
		w.add(2, "msgPrivacyParameters", hexed(s.Priv))
	}
	if v.Encrypted != nil {
		w.add(1, "encryptedPDU", fmt.Sprintf("%d bytes: %s", len(v.Encrypted), hexed(v.Encrypted)))
	}
	if m.PDU != nil {
		w.add(1, "contextEngineID", hexed(v.ContextEngine))
		w.add(1, "contextName", quoted([]byte(v.Context)))
		w.pdu(1, m.PDU)
	}
}

func (w *liner) pdu(depth int, p *PDU) {
	if p == nil {
		return
	}
	w.add(depth, "pdu", fmt.Sprintf("%s (%d)", p.Type, uint8(p.Type)))
	depth++
	switch t := p.Trap; {
	case t != nil:
		w.add(depth, "enterprise", t.Enterprise.String())
		w.add(depth, "agent_addr", t.Agent.String())
		w.add(depth, "generic_trap", fmt.Sprintf("%s (%d)", Generic(t.Generic), t.Generic))
		w.number(depth, "specific_trap", int64(t.Specific))
		w.add(depth, "time_stamp", TimeTicks(t.Time).String())
	case p.Type == GetBulk:
		w.number(depth, "id", int64(p.RequestID))
		w.number(depth, "non_repeaters", int64(p.NonRepeaters()))
		w.number(depth, "max_repetitions", int64(p.MaxRepetitions()))
	default:
		w.number(depth, "id", int64(p.RequestID))
		w.add(depth, "error", fmt.Sprintf("%s (%d)", p.ErrorStatus, int32(p.ErrorStatus)))
		w.number(depth, "error_index", int64(p.ErrorIndex))
	}
	w.number(depth, "vars", int64(len(p.Vars)))
	for _, v := range p.Vars {
		name, text := w.spell(v)
		w.add(depth+1, name, text)
	}
}

// quoted is text in quotes, or bytes in hex.
func quoted(b []byte) string {
	if printable(b) {
		return strconv.Quote(string(b))
	}
	return hexed(b)
}

// hexed is bytes in hex, a hyphen for none.
func hexed(b []byte) string {
	if len(b) == 0 {
		return "-"
	}
	return hex.EncodeToString(b)
}
