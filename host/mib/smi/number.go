package smi

import (
	"fmt"

	"moonwire/host/mib"
	"moonwire/host/snmp/oid"
)

// numbers gives the definitions of a unit their OIDs.
func (r *resolver) numbers(u *unit) {
	for i := range u.all {
		r.number(&u.all[i])
	}
}

// number gives a definition its OID, or a problem that says why it has none.
func (r *resolver) number(e *entry) {
	why := r.place(e, 0)
	if why == nil {
		return
	}
	e.state, e.lack = failed, why
	text := "it has no OID: " + why.why
	if why.of != nil {
		text = fmt.Sprintf("it has no OID, as %s has none: %s", why.of.def.name, why.why)
	}
	r.note(e.unit, Problem{Name: e.def.name, Fault: NoOID, Lost: true, Missing: why.module, Text: text, Remedy: why.remedy}, e.def.at)
}

// maxArcs is the longest OID (RFC 2578 section 3.5).
const maxArcs = 128

// place finds the OID of a definition. depth counts the definitions that asked for each other: an OID has at most 128
// components, so more of them lead nowhere.
func (r *resolver) place(e *entry, depth int) *lack {
	switch {
	case e.state == done:
		return nil
	case e.state == failed:
		return e.lack
	case e.state == busy:
		return &lack{why: fmt.Sprintf("the OID of %s leads back to itself", e.def.name)}
	case depth > maxArcs:
		return &lack{why: "it would have more than 128 components"}
	}
	e.state = busy
	o, why := r.value(e, depth)
	e.state = fresh
	if why != nil {
		return why
	}
	if e.def.macro == trapType {
		o = trapOID(o, e.def.trap)
	}
	if len(o) > maxArcs {
		return &lack{why: "it would have more than 128 components"}
	}
	e.oid, e.state = o, done
	return nil
}

// value is what the components of a definition's value mean together.
func (r *resolver) value(e *entry, depth int) (oid.OID, *lack) {
	arcs := e.def.value
	o, why := r.first(e, arcs[0], depth)
	if why != nil {
		return nil, why
	}
	o = append(oid.OID(r.arcs.take(len(o) + len(arcs) - 1)[:0]), o...)
	for _, a := range arcs[1:] {
		if a.numbered {
			o = append(o, a.number)
			continue
		}
		next, why := r.named(e, a, depth) // { iso org dod }
		if why != nil {
			return nil, why
		}
		if len(next) != len(o)+1 || !next.HasPrefix(o) {
			return nil, &lack{why: fmt.Sprintf("%s is %s, which is not below %s", a.name, next, o)}
		}
		o = next
	}
	return o, nil
}

// first is the component that a value begins with: a name, or the number of a root.
func (r *resolver) first(e *entry, a arc, depth int) (oid.OID, *lack) {
	switch {
	case a.name == "":
		return oid.OID{a.number}, nil
	case a.numbered && len(roots[a.name]) == 1: // iso(1)
		return oid.OID{a.number}, nil
	}
	return r.named(e, a, depth)
}

// named is the OID that a name stands for.
func (r *resolver) named(e *entry, a arc, depth int) (oid.OID, *lack) {
	if asn1Roots[a.name] {
		return roots[a.name], nil
	}
	local, known, why := values.find(r, e.unit, a.ref)
	switch {
	case local != nil:
		if why := r.place(local, depth+1); why != nil {
			return nil, why.above(local)
		}
		if len(e.def.value) == 2 {
			e.parent = local
		}
		return local.oid, nil
	case known != nil:
		return known.OID, nil
	}
	if o, is := r.root(e.unit, a); is {
		return o, nil
	}
	if at, is := e.unit.lost[a.name]; is {
		return nil, &lack{why: fmt.Sprintf("%s was left out for the fault in line %d", a.name, at.line)}
	}
	return nil, why
}

// above is the same lack for what stands below a definition.
func (l *lack) above(e *entry) *lack {
	if l.of != nil || e.state == busy {
		return l
	}
	below := *l
	below.of = e
	return &below
}

// root is a name of the SMI itself. A module that didn't import it is told so, but nothing else can be meant.
func (r *resolver) root(u *unit, a arc) (oid.OID, bool) {
	module, name := a.parts()
	o, is := roots[name]
	if !is || module != "" && !smiModules[module] {
		return nil, false
	}
	if module == "" && u.sources[name] == "" {
		r.unimported(u, a.ref, "SNMPv2-SMI")
	}
	return o, true
}

// snmp is the ENTERPRISE of the traps that SNMP itself defines (RFC 1215 section 2.2); snmpTraps are their names in SMIv2.
var (
	snmp      = oid.MustParse("1.3.6.1.2.1.11")
	snmpTraps = oid.MustParse("1.3.6.1.6.3.1.1.5")
)

// trapOID is what identifies a TRAP-TYPE in SNMPv2 (RFC 3584 section 3.1).
func trapOID(enterprise oid.OID, n uint32) oid.OID {
	if enterprise.Equal(snmp) && n < 6 {
		return snmpTraps.Append(n + 1)
	}
	return enterprise.Append(0, n)
}

// describe makes the nodes and types of a unit.
func (r *resolver) describe(u *unit) {
	for i := range u.all {
		if e := &u.all[i]; e.state == done {
			r.node(e)
		}
	}
	for _, d := range u.defs {
		if d.isType() {
			r.typeOf(u.types[d.name], 0)
		}
	}
}

// node makes the node of a definition that has an OID.
func (r *resolver) node(e *entry) {
	d := e.def
	e.node = r.nodes.one()
	*e.node = mib.Node{Name: d.name, Module: e.unit.name, OID: e.oid, Kind: kinds[d.macro], Access: d.access, Status: d.status, Units: d.units}
	if d.macro == objectType && d.syntax != nil {
		r.object(e)
	}
	if e.node.Kind == mib.Notification {
		r.carried(e)
	}
}

// carried finds the objects of a notification.
func (r *resolver) carried(e *entry) {
	for _, to := range e.def.objects {
		local, known, why := values.find(r, e.unit, to)
		switch {
		case local != nil:
			e.node.Objects = append(e.node.Objects, mib.Ref{Module: local.unit.name, Name: to.name})
		case known != nil:
			e.node.Objects = append(e.node.Objects, known.Ref())
		default:
			r.note(e.unit, Problem{Name: e.def.name, Fault: MissingName, Missing: why.module, Text: "an object that it carries isn't known: " + why.why, Remedy: why.remedy}, to.at)
		}
	}
}
