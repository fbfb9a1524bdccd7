//go:build interop && unix

package snmp_test

import (
	"fmt"
	"strings"
	"testing"

	"moonwire/host/snmp/snmptest"
)

// setCases are a value of each type that snmpd lets its configuration make, and how net-snmp prints it.
var setCases = []struct{ kind, typ, value, printed string }{
	{"integer 1", "Integer", "-2147483648", "INTEGER: -2147483648"},
	{"octet_str a", "OctetString", `"x\0y"`, "Hex-STRING: 78 00 79"},
	{"object_id .1.3", "ObjectIdentifier", `"1.3.6.1.4.1.4294967295"`, "OID: .1.3.6.1.4.1.4294967295"},
	{"counter 1", "Counter32", "4294967295", "Counter32: 4294967295"},
	{"uinteger 1", "Gauge32", "4294967295", "Gauge32: 4294967295"},
	{"timeticks 1", "TimeTicks", "123456", "Timeticks: (123456) 0:20:34.56"},
}

const setRoot = "1.3.6.1.4.1.32473."

// TestSet sets a value of each type, and has snmpget read it.
func TestSet(t *testing.T) {
	t.Parallel()
	var lines []string
	for i, c := range setCases {
		lines = append(lines, fmt.Sprintf("override -rw .%s%d.0 %s", setRoot, i+1, c.kind))
	}
	d := snmptest.SnmpdOf(t, nil, lines...)
	for i, c := range setCases {
		name := fmt.Sprintf("%s%d.0", setRoot, i+1)
		run(t, d.Addr, fmt.Sprintf("assert(snmp.open{host=agent, community='private', timeout=5}:set{{%q, %s, %q}})", name, c.value, c.typ))
		got := snmptest.Run(t, "snmpget", "-v2c", "-c", "private", "-On", d.Addr, name)
		if !strings.Contains(got, " = "+c.printed) {
			t.Errorf("snmpget prints %s, want %s", got, c.printed)
		}
	}
}
