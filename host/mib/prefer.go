package mib

import (
	"cmp"
	"strings"
)

// superseded are modules whose definitions later ones took over, often under the same OIDs: their nodes come last.
var superseded = map[string]bool{
	"RFC1065-SMI": true, "RFC1155-SMI": true, "RFC1158-MIB": true, "RFC1213-MIB": true, "RFC1271-MIB": true,
	"RFC1285-MIB": true, "RFC1316-MIB": true, "RFC1354-MIB": true, "RFC1573-MIB": true, "PIM-MIB": true,
}

// core are the modules whose names keep their meaning whatever else is loaded.
var core = map[string]bool{
	"SNMPv2-SMI": true, "SNMPv2-MIB": true, "IF-MIB": true, "IP-MIB": true, "TCP-MIB": true, "UDP-MIB": true,
	"RFC1213-MIB": true, "HOST-RESOURCES-MIB": true, "ENTITY-MIB": true, "BRIDGE-MIB": true,
	"SNMP-FRAMEWORK-MIB": true, "SNMP-MPD-MIB": true, "SNMP-TARGET-MIB": true, "SNMP-NOTIFICATION-MIB": true,
	"SNMP-USER-BASED-SM-MIB": true, "SNMP-VIEW-BASED-ACM-MIB": true, "SNMP-COMMUNITY-MIB": true,
}

// prefer orders the nodes of one OID: objects before groups and bare identifiers, later modules before superseded ones.
func prefer(a, b *Node) int {
	return cmp.Or(cmp.Compare(rank(a), rank(b)), CompareModules(a.Module, b.Module))
}

// CompareModules orders modules by what their definitions are worth where others have the same OID.
func CompareModules(a, b string) int {
	switch {
	case superseded[a] == superseded[b]:
		return strings.Compare(a, b)
	case superseded[b]:
		return -1
	}
	return 1
}

func rank(n *Node) int {
	switch {
	case superseded[n.Module]:
		return 2
	case n.Kind <= Identifier:
		return 1
	}
	return 0
}

// claim orders the nodes of one name that have different OIDs: the least has the name.
func claim(n *Node) int {
	switch {
	case core[n.Module]:
		return 0
	case superseded[n.Module]:
		return 2
	}
	return 1
}
