package mib

import (
	"fmt"
	"strings"

	"moonwire/host/snmp/oid"
)

// EncodeIndex makes the numbers that a row's index has in an OID, from the texts of its parts (RFC 2578 section 7.7).
func (n *Node) EncodeIndex(texts ...string) (oid.OID, error) {
	if len(n.Index) == 0 {
		return nil, fmt.Errorf("%s has no index", n)
	}
	if len(texts) != len(n.Index) {
		return nil, fmt.Errorf("index of %s: %d parts expected (%s), got %d", n, len(n.Index), n.IndexNames(), len(texts))
	}
	var o oid.OID
	for i, index := range n.Index {
		p, err := index.parse(texts[i])
		if err != nil {
			return nil, fmt.Errorf("index of %s: %s: %w", n, index.Name, err)
		}
		if o, err = p.append(o, i == len(n.Index)-1); err != nil {
			return nil, fmt.Errorf("index of %s: %s: %w", n, index.Name, err)
		}
	}
	return o, nil
}

// IndexNames are the names of a row's index, parted by commas.
func (n *Node) IndexNames() string {
	names := make([]string, len(n.Index))
	for i, index := range n.Index {
		names[i] = index.Name
	}
	return strings.Join(names, ", ")
}

// parse reads a part's value from text.
func (i Index) parse(text string) (Part, error) {
	p := Part{Index: i}
	s := i.Syntax
	if s == nil {
		s = &Syntax{Base: Unsigned32}
	}
	var err error
	switch {
	case s.Base.Number():
		p.Number, err = s.ParseInt(text)
	case s.Base == ObjectIdentifier:
		p.OID, err = oid.Parse(text)
	default:
		p.Octets, err = s.ParseOctets(text)
	}
	return p, err
}

// append puts the part's numbers behind o.
func (p Part) append(o oid.OID, last bool) (oid.OID, error) {
	base := p.base()
	if base.Number() {
		return append(o, uint32(p.Number)), nil
	}
	numbers := p.OID
	for _, b := range p.Octets {
		numbers = append(numbers, uint32(b))
	}
	length, fixed := p.fixed()
	switch {
	case fixed && length != len(numbers):
		return nil, fmt.Errorf("%d octets expected, got %d", length, len(numbers))
	case fixed && p.network():
		o = append(o, 1)
	case !fixed && !(p.Implied && last):
		o = append(o, uint32(len(numbers)))
	}
	return append(o, numbers...), nil
}
