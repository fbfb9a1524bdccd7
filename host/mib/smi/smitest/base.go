// Package smitest writes MIB files for tests and benchmarks: what the SMI's own modules have to say, for readers that know
// nothing without files, and modules of a vendor that is invented, as many and as long as real vendors' are.
package smitest

import (
	"os"
	"path/filepath"
)

// Base writes the modules that others import from, with facts only: RFC 2578, RFC 2579, RFC 1155 and RFC 1213.
func Base(dir string) error {
	for name, text := range map[string]string{"SNMPv2-SMI": smi, "SNMPv2-TC": tc, "SNMPv2-CONF": "", "RFC1155-SMI": rfc1155, "RFC-1212": "", "RFC-1215": "",
		"RFC1213-MIB": rfc1213} {
		if err := write(dir, name, text); err != nil {
			return err
		}
	}
	return nil
}

// write makes the file of a module.
func write(dir, name, body string) error {
	return os.WriteFile(filepath.Join(dir, name+".txt"), []byte(name+" DEFINITIONS ::= BEGIN\n"+body+"END\n"), 0o666)
}

const rfc1155 = `internet     OBJECT IDENTIFIER ::= { iso org(3) dod(6) 1 }
directory    OBJECT IDENTIFIER ::= { internet 1 }
mgmt         OBJECT IDENTIFIER ::= { internet 2 }
experimental OBJECT IDENTIFIER ::= { internet 3 }
private      OBJECT IDENTIFIER ::= { internet 4 }
enterprises  OBJECT IDENTIFIER ::= { private 1 }
`

const smi = `org          OBJECT IDENTIFIER ::= { iso 3 }
dod          OBJECT IDENTIFIER ::= { org 6 }
internet     OBJECT IDENTIFIER ::= { dod 1 }
directory    OBJECT IDENTIFIER ::= { internet 1 }
mgmt         OBJECT IDENTIFIER ::= { internet 2 }
mib-2        OBJECT IDENTIFIER ::= { mgmt 1 }
transmission OBJECT IDENTIFIER ::= { mib-2 10 }
experimental OBJECT IDENTIFIER ::= { internet 3 }
private      OBJECT IDENTIFIER ::= { internet 4 }
enterprises  OBJECT IDENTIFIER ::= { private 1 }
security     OBJECT IDENTIFIER ::= { internet 5 }
snmpV2       OBJECT IDENTIFIER ::= { internet 6 }
snmpDomains  OBJECT IDENTIFIER ::= { snmpV2 1 }
snmpProxys   OBJECT IDENTIFIER ::= { snmpV2 2 }
snmpModules  OBJECT IDENTIFIER ::= { snmpV2 3 }
`

const tc = `DisplayString ::= TEXTUAL-CONVENTION
    DISPLAY-HINT "255a"
    STATUS current
    DESCRIPTION "RFC 2579."
    SYNTAX OCTET STRING (SIZE (0..255))
RowStatus ::= TEXTUAL-CONVENTION
    STATUS current
    DESCRIPTION "RFC 2579."
    SYNTAX INTEGER { active(1), notInService(2), notReady(3), createAndGo(4), createAndWait(5), destroy(6) }
TruthValue ::= TEXTUAL-CONVENTION
    STATUS current
    DESCRIPTION "RFC 2579."
    SYNTAX INTEGER { true(1), false(2) }
`

const rfc1213 = `IMPORTS mgmt FROM RFC1155-SMI;
mib-2 OBJECT IDENTIFIER ::= { mgmt 1 }
snmp  OBJECT IDENTIFIER ::= { mib-2 11 }
DisplayString ::= OCTET STRING
`
