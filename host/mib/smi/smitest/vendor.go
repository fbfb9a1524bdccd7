package smitest

import (
	"fmt"
	"strings"
)

// The size of an invented module: a hundred definitions in fifty kilobytes, as Cisco's and Huawei's have on average.
const (
	scalars = 12
	tables  = 5
	columns = 12
	words   = 55
)

// Vendor writes n modules, and the two that they all import from.
func Vendor(dir string, n int) error {
	if err := write(dir, "HARBOUR-SMI", registry); err != nil {
		return err
	}
	if err := write(dir, "HARBOUR-TC", conventions); err != nil {
		return err
	}
	for i := range n {
		if err := write(dir, moduleName(i), module(i)); err != nil {
			return err
		}
	}
	return nil
}

// Last is the name of the last node of n modules.
func Last(n int) string { return fmt.Sprintf("%s::hb%dCompliance", moduleName(n-1), n-1) }

func moduleName(i int) string { return fmt.Sprintf("HARBOUR-%d-MIB", i) }

const registry = `IMPORTS MODULE-IDENTITY, enterprises FROM SNMPv2-SMI;
harbour MODULE-IDENTITY
    LAST-UPDATED "202401010000Z" ORGANIZATION "Harbour" CONTACT-INFO "The pier." DESCRIPTION "Where the subtree begins."
    ::= { enterprises 32473 }
harbourMgmt OBJECT IDENTIFIER ::= { harbour 40 }
`

const conventions = `IMPORTS TEXTUAL-CONVENTION FROM SNMPv2-TC Unsigned32, Integer32 FROM SNMPv2-SMI;
HarbourIndex ::= TEXTUAL-CONVENTION DISPLAY-HINT "d" STATUS current DESCRIPTION "A number." SYNTAX Integer32 (1..2147483647)
HarbourTenths ::= TEXTUAL-CONVENTION DISPLAY-HINT "d-1" STATUS current DESCRIPTION "Tenths." SYNTAX Unsigned32
HarbourState ::= TEXTUAL-CONVENTION STATUS current DESCRIPTION "A state." SYNTAX INTEGER { closed(1), opening(2), open(3), broken(4) }
`

// types are those of scalars and columns, in turn.
var types = []string{"Counter32", "Counter64", "Gauge32", "HarbourTenths", "HarbourState", "DisplayString (SIZE (0..64))", "Integer32 (-100..100)",
	"IpAddress", "BITS { first(0), second(1), third(2) }", "INTEGER { off(0), slow(1), fast(2) }", "OCTET STRING (SIZE (6))", "TruthValue"}

// module is the body of module i. Its second table augments one of the module before.
func module(i int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "-- Module %d of an invented vendor.\nIMPORTS\n    MODULE-IDENTITY, OBJECT-TYPE, NOTIFICATION-TYPE, Counter32, Counter64,\n"+
		"    Gauge32, Integer32, IpAddress\n        FROM SNMPv2-SMI\n    MODULE-COMPLIANCE, OBJECT-GROUP, NOTIFICATION-GROUP\n        FROM SNMPv2-CONF\n"+
		"    DisplayString, TruthValue\n        FROM SNMPv2-TC\n    harbourMgmt\n        FROM HARBOUR-SMI\n    HarbourIndex, HarbourTenths, HarbourState\n        FROM HARBOUR-TC", i)
	if i > 0 {
		fmt.Fprintf(&b, "\n    hb%dRow0Entry\n        FROM %s", i-1, moduleName(i-1))
	}
	b.WriteString(";\n\n")
	fmt.Fprintf(&b, "hb%d MODULE-IDENTITY\n    LAST-UPDATED \"202401010000Z\"\n    ORGANIZATION \"Harbour\"\n    CONTACT-INFO \"The pier.\"\n    DESCRIPTION\n%s    ::= { harbourMgmt %d }\n\n",
		i, prose(i), i+1)
	m := fmt.Sprintf("hb%d", i)
	for k := range scalars {
		object(&b, fmt.Sprintf("%sScalar%d", m, k), types[k%len(types)], "read-only", "", m, k+1)
	}
	for k := range tables {
		table(&b, i, k)
	}
	fmt.Fprintf(&b, "%sEvents OBJECT IDENTIFIER ::= { %s 0 }\n\n%sAlarm NOTIFICATION-TYPE\n    OBJECTS { %sScalar4, %sRow0Col5 }\n    STATUS current\n    DESCRIPTION\n%s    ::= { %sEvents 1 }\n\n",
		m, m, m, m, m, prose(i), m)
	fmt.Fprintf(&b, "%sGroup OBJECT-GROUP\n    OBJECTS { %sScalar0, %sScalar1 }\n    STATUS current\n    DESCRIPTION \"Some.\"\n    ::= { %s 101 }\n\n", m, m, m, m)
	fmt.Fprintf(&b, "%sCompliance MODULE-COMPLIANCE\n    STATUS current\n    DESCRIPTION \"What to have.\"\n    MODULE\n        MANDATORY-GROUPS { %sGroup }\n    ::= { %s 102 }\n\n", m, m, m)
	return b.String()
}

// table writes table k of module i.
func table(b *strings.Builder, i, k int) {
	row := fmt.Sprintf("hb%dRow%d", i, k)
	typ := "Hb" + row[2:]
	object(b, row+"Table", "SEQUENCE OF "+typ+"Entry", "not-accessible", "", fmt.Sprintf("hb%d", i), scalars+1+k)
	index := fmt.Sprintf("INDEX { %sCol0, IMPLIED %sCol5 }", row, row)
	if k == 1 && i > 0 {
		index = fmt.Sprintf("AUGMENTS { hb%dRow0Entry }", i-1)
	}
	object(b, row+"Entry", typ+"Entry", "not-accessible", "    "+index+"\n", row+"Table", 1)
	fmt.Fprintf(b, "%sEntry ::= SEQUENCE {\n", typ)
	for c := range columns {
		fmt.Fprintf(b, "    %sCol%d %s", row, c, bare(columnType(c)))
		if c < columns-1 {
			b.WriteString(",")
		}
		b.WriteString("\n")
	}
	b.WriteString("}\n\n")
	for c := range columns {
		access := "read-write"
		if c == 0 {
			access = "not-accessible"
		}
		object(b, fmt.Sprintf("%sCol%d", row, c), columnType(c), access, "", row+"Entry", c+1)
	}
}

// bare is a type without what narrows it, as a SEQUENCE has it (RFC 2578 section 7.1.12).
func bare(typ string) string {
	if i := strings.IndexAny(typ, "({"); i >= 0 {
		typ = typ[:i]
	}
	return strings.TrimSpace(typ)
}

func columnType(c int) string {
	if c == 0 {
		return "HarbourIndex"
	}
	return types[c%len(types)]
}

func object(b *strings.Builder, name, typ, access, more, parent string, n int) {
	fmt.Fprintf(b, "%s OBJECT-TYPE\n    SYNTAX      %s\n    MAX-ACCESS  %s\n    STATUS      current\n    DESCRIPTION\n%s%s    ::= { %s %d }\n\n",
		name, typ, access, prose(n), more, parent, n)
}

// prose is a description of an object, which says nothing.
func prose(n int) string {
	text := []string{"the", "pier", "holds", "a", "boat", "that", "waits", "for", "high", "water", "-- or not --", "and", "the", "ferry"}
	var b strings.Builder
	b.WriteString("        \"")
	for i := range words {
		if i%10 == 9 {
			b.WriteString("\n         ")
		}
		b.WriteString(text[(i*7+n)%len(text)] + " ")
	}
	b.WriteString("\"\n")
	return b.String()
}
