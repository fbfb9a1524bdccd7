package recording

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// beginning is where a variable begins: a name in numbers, or one of a MIB, and an equals sign.
var beginning = regexp.MustCompile(`^(\.?[0-9]+(?:\.[0-9]+)*|\.?(?:iso|ccitt|joint-iso-ccitt)(?:\.[A-Za-z0-9-]+)*|[A-Z][A-Za-z0-9-]*::[A-Za-z].*?) = ?(.*)$`)

// readWalk reads what snmpwalk and its kin print. A string may go on in further lines, as a long one in hexadecimal does.
func (r *Recording) readWalk(text []byte, names Names) error {
	w := walk{Recording: r, names: names}
	for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		w.line(i+1, strings.TrimSuffix(line, "\r"))
	}
	w.end()
	if w.untyped > 0 && !w.typed {
		return errors.New("the walk was printed without types (snmpwalk -OQ): print it with -On")
	}
	return nil
}

// A walk is the output of snmpwalk while it is read.
type walk struct {
	*Recording
	names Names

	start      int // line of the variable that is being read; 0: none is
	name, text string
	typed      bool
	untyped    int
}

// line takes a line.
func (w *walk) line(number int, s string) {
	m := beginning.FindStringSubmatch(s)
	if w.start > 0 && (m == nil || w.unclosed()) {
		w.text += "\n" + s
		return
	}
	w.end()
	switch {
	case m != nil:
		w.start, w.name, w.text = number, m[1], m[2]
	case strings.TrimSpace(s) != "":
		w.problem(number, fmt.Errorf("no variable begins here: %.60q", s))
	}
}

// unclosed says whether what is being read is a string in quotes whose last quote hasn't come.
func (w *walk) unclosed() bool {
	_, s, _ := strings.Cut(w.text, ": ")
	if !strings.HasPrefix(s, `"`) {
		return false
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i < len(s)-1
		}
	}
	return true
}

// end takes what was read as a variable.
func (w *walk) end() {
	if w.start == 0 {
		return
	}
	e := Entry{Line: w.start}
	var err error
	if e.Name, err = w.resolve(w.name); err == nil {
		e.Value, err = w.value(e.Name, w.text)
	}
	if w.start = 0; err == errNothing {
		return
	}
	if err != nil {
		w.problem(e.Line, err)
		return
	}
	w.Entries = append(w.Entries, e)
}

// errNothing is that snmpwalk told that there is no variable.
var errNothing = errors.New("nothing was there")

// roots are the names that net-snmp has for the first number.
var roots = map[string]string{"ccitt": "0", "iso": "1", "joint-iso-ccitt": "2"}

// resolve reads a name: in numbers, with a word for the first, or of a MIB.
func (w *walk) resolve(name string) (oid.OID, error) {
	root, rest, _ := strings.Cut(strings.TrimPrefix(name, "."), ".")
	if number, ok := roots[root]; ok {
		name = number + "." + rest
	}
	o, err := oid.Parse(name)
	if err == nil {
		return o, o.Check()
	}
	if w.names == nil {
		return nil, fmt.Errorf("a name of a MIB: %s", name)
	}
	return w.names.Resolve(name)
}

// remarks are what snmpwalk says where there is no variable.
var remarks = []string{"No Such Object", "No Such Instance", "No more variables left"}

// value reads what stands behind the equals sign.
func (w *walk) value(name oid.OID, s string) (message.Value, error) {
	for _, remark := range remarks {
		if strings.HasPrefix(s, remark) {
			return message.Value{}, errNothing
		}
	}
	if rest, ok := strings.CutPrefix(s, "Wrong Type (should be "); ok {
		_, s, _ = strings.Cut(rest, "): ")
	}
	if s = strings.TrimRight(s, " "); s == `""` {
		return message.String(nil), nil
	}
	if s == "NULL" {
		return message.Null, nil
	}
	word, rest, ok := strings.Cut(s, ":")
	read, known := readers[strings.ToLower(word)]
	if !ok || !known {
		w.untyped++
		if v, err := number(message.TypeTimeTicks, s); err == nil { // as snmpwalk -Ot prints it
			return v, nil
		}
		return message.Value{}, fmt.Errorf("no type: %.60q", s)
	}
	w.typed = true
	return read(w, name, strings.TrimPrefix(rest, " "))
}
