package mib

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"moonwire/host/snmp/oid"
)

// Resolve reads what people write for an OID: dotted numbers, a name, module::name, each with numbers behind it
// (sysName.0, IF-MIB::ifDescr.2, mib-2.1.5.0), or a column with its index in brackets (ifDescr[2],
// vacmGroupName[3]["public"]). The node is the one with the longest prefix; nil when none has any.
func (t *Tree) Resolve(text string) (oid.OID, *Node, error) {
	if strings.Contains(text, "[") {
		return t.bracketed(text)
	}
	name, rest := cutNumbers(text)
	if name == "" {
		o, err := oid.Parse(text)
		if err != nil {
			return nil, nil, err
		}
		n, _ := t.Prefix(o)
		return o, n, nil
	}
	n, err := t.Find(name)
	if err != nil {
		return nil, nil, err
	}
	if rest == "" {
		return n.OID, n, nil
	}
	o, err := follow(n.OID, rest)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", text, err)
	}
	n, _ = t.Prefix(o)
	return o, n, nil
}

// cutNumbers parts a name from the numbers behind it: name is "" for numbers alone.
func cutNumbers(text string) (name, rest string) {
	trimmed := strings.TrimPrefix(text, ".")
	if trimmed == "" || '0' <= trimmed[0] && trimmed[0] <= '9' {
		return "", text
	}
	name, rest, _ = strings.Cut(text, ".")
	return name, rest
}

// Numbers reads dotted numbers that need not be a whole OID, as those of an index.
func Numbers(text string) (oid.OID, error) {
	if text == "" {
		return nil, nil
	}
	return numbers(nil, strings.TrimPrefix(text, "."))
}

// follow is o with the dotted numbers of rest behind it.
func follow(o oid.OID, rest string) (oid.OID, error) {
	o, err := numbers(slices.Clip(o), rest)
	if err != nil {
		return nil, err
	}
	return o, o.Check()
}

// numbers appends dotted numbers to o.
func numbers(o oid.OID, text string) (oid.OID, error) {
	for word := range strings.SplitSeq(text, ".") {
		n, err := strconv.ParseUint(word, 10, 32)
		if err != nil {
			return nil, fmt.Errorf("numbers up to 4294967295 expected, got '%s'", word)
		}
		o = append(o, uint32(n))
	}
	return o, nil
}
