package mib

import (
	"fmt"
	"strconv"
	"strings"

	"moonwire/host/snmp/oid"
)

// Row is the row that a column belongs to, the row itself, or the row of a table; nil for all else.
func (t *Tree) Row(n *Node) *Node {
	switch n.Kind {
	case Row:
		return n
	case Column:
		if p := t.Parent(n.OID); p != nil && p.Kind == Row {
			return p
		}
	case Table:
		if below := t.Below(n.OID); len(below) > 0 && below[0].Kind == Row {
			return below[0]
		}
	}
	return nil
}

// Index decodes the index in the OID of a column's instance; nil where the OID is none.
func (t *Tree) Index(o oid.OID) ([]Part, error) {
	n, rest := t.Prefix(o)
	if n == nil || n.Kind != Column {
		return nil, nil
	}
	row := t.Row(n)
	if row == nil {
		return nil, nil
	}
	return row.DecodeIndex(rest)
}

// Indexed is the name of a column's instance with its index decoded, ipAddressIfIndex[ipv4][10.0.0.1]; Name's text for all
// else, and where the index doesn't fit.
func (t *Tree) Indexed(o oid.OID) string {
	parts, err := t.Index(o)
	if err != nil || parts == nil {
		return t.Name(o)
	}
	n, _ := t.Prefix(o)
	return n.Name + IndexText(parts)
}

// bracketed resolves a name with an index in brackets.
func (t *Tree) bracketed(text string) (oid.OID, *Node, error) {
	name, rest, _ := strings.Cut(text, "[")
	n, err := t.Find(name)
	if err != nil {
		return nil, nil, err
	}
	texts, err := cutBrackets("[" + rest)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", text, err)
	}
	row := t.Row(n)
	if row == nil {
		return nil, nil, fmt.Errorf("%s: %s is in no table, so it has no index", text, n)
	}
	index, err := row.EncodeIndex(texts...)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", text, err)
	}
	o := append(n.OID[:len(n.OID):len(n.OID)], index...)
	return o, n, o.Check()
}

// cutBrackets parts [2]["a]b"] into 2 and a]b.
func cutBrackets(s string) ([]string, error) {
	var texts []string
	for s != "" {
		if s[0] != '[' {
			return nil, fmt.Errorf("'[' expected at %q", s)
		}
		var text string
		var err error
		if text, s, err = cutBracket(s[1:]); err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, nil
}

// cutBracket reads up to the bracket that closes, which quotes may hide.
func cutBracket(s string) (text, rest string, err error) {
	if s == "" || s[0] != '"' && s[0] != '\'' {
		text, rest, closed := strings.Cut(s, "]")
		if !closed {
			return "", "", fmt.Errorf("']' expected behind %q", s)
		}
		return text, rest, nil
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			c, size := unescape(s[i+1:])
			b.WriteByte(c)
			i += size
		case s[i] != s[0]:
			b.WriteByte(s[i])
		case strings.HasPrefix(s[i+1:], "]"):
			return b.String(), s[i+2:], nil
		default:
			return "", "", fmt.Errorf("']' expected behind %s", s[:i+1])
		}
	}
	return "", "", fmt.Errorf("a quote is open in %q", s)
}

// unescape reads what stands behind a backslash: three decimal digits of a byte, or a character that stands for itself.
func unescape(s string) (c byte, size int) {
	if len(s) >= 3 {
		if n, err := strconv.ParseUint(s[:3], 10, 8); err == nil {
			return byte(n), 3
		}
	}
	return s[0], 1
}
