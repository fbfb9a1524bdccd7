package dhcp6

// HeaderSize is the number of bytes before the options.
func (m *Message) HeaderSize() int {
	if m.Type.Relay() {
		return relayHeader
	}
	return header
}

// Check is all that can't be read of the message: what Decode found, and options whose data isn't what they are for.
func (m *Message) Check() []Problem {
	r := reader{problems: m.Problems[:len(m.Problems):len(m.Problems)]}
	r.check(m.Options, m.HeaderSize())
	return r.problems
}

// check notes the options whose fields can't be read, those inside others too; at is where the first begins.
func (r *reader) check(list Options, at int) {
	for _, o := range list {
		row := RowOf(o.Code)
		if row != nil {
			r.checkFields(row, o, at)
		}
		r.check(o.Options, at+optionHeader+len(o.Data))
		at += optionHeader + o.Size()
	}
}

func (r *reader) checkFields(row *Row, o Option, at int) {
	fields, b := row.Fields, o.Data
	if row.holds() {
		if before, _ := row.before(o.Data); before < 0 {
			return // Decode told
		}
		fields = fields[:len(fields)-1]
	}
	for _, f := range fields {
		_, n, err := f.Kind.Read(b)
		if err != nil {
			r.problem(at, "%s: %s: %s", row.Name, f.Name, err)
			return
		}
		b = b[n:]
	}
	if len(b) > 0 {
		r.problem(at, "%s: %d bytes behind the last field", row.Name, len(b))
	}
}
