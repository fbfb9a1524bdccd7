package main

import (
	"fmt"

	"moonwire/host/mib"
)

// A correction mends what the sources have wrong or leave out. mend says whether there was anything to do: a correction
// that has become needless is an error.
type correction struct {
	what string
	mend func(c *converter) bool
}

// corrections are made in this order. What is right stands in the RFC that is named, or in IANA's registries.
var corrections = []correction{
	{"zeroDotZero has one name (RFC 2578)", drop("DLSW-MIB::null")},
	{"vacmContextTable has one column (RFC 3415)", drop("SNMP-VIEW-BASED-ACM-MIB::vacmContextStatus")},
	{"RowStatus has no value 0 (RFC 2579)", retype("RowStatus", func(s *mib.Syntax) { s.Enums = unnamed(s.Enums, 0) })},
	{"DateAndTime has 8 or 11 octets (RFC 2579)", retype("DateAndTime", func(s *mib.Syntax) {
		if s.Sizes[0] == (mib.Range{Min: 8, Max: 11}) {
			s.Sizes = exactly(8, 11)
		}
	})},
	{"MacAddress has a display hint (RFC 2579)", retype("MacAddress", func(s *mib.Syntax) { s.Hint = "1x:" })},
	{"snmpEngineTime is an INTEGER (RFC 3411)", retype("SnmpEngineTime", func(s *mib.Syntax) { s.Name, s.Module = "", "" })},
	{"sysApplPastRunMaxRows goes to 4294967295 (RFC 2287)", resize("SYSAPPL-MIB::sysApplPastRunMaxRows", mib.Range{Max: 1<<32 - 1})},
	{"marsMIB is mib-2 57 (RFC 2417)", move("IPATM-IPMC-MIB", "1.3.6.1.6.3.17", "1.3.6.1.2.1.57")},
	{"ENTITY-MIB has entPhysicalUUID (RFC 6933)", add(mib.Node{Name: "entPhysicalUUID", Module: "ENTITY-MIB", Kind: mib.Column,
		Access: mib.ReadOnly, Syntax: &mib.Syntax{Name: "UUIDorZero", Module: "UUID-TC-MIB", Base: mib.OctetString, Hint: "4x-2x-2x-1x1x-6x", Sizes: exactly(0, 16)}},
		"1.3.6.1.2.1.47.1.1.1.1.19")},
	{"RFC1213-MIB has what later modules took over (RFC 1213)", completeRFC1213},
	{"notifications carry their objects in the order that the RFCs give", reorder},
	{"IANA's registries have grown", grow},
}

func (c *converter) correct() error {
	for _, fix := range corrections {
		if !fix.mend(c) {
			return fmt.Errorf("nothing to correct: %s", fix.what)
		}
	}
	return nil
}
