package smi

import (
	"moonwire/host/mib"
	"moonwire/host/snmp/oid"
)

// roots are the OIDs of the SMI itself (RFC 1155, RFC 2578), which the modules of the SMI define. They are known even when
// those aren't among the files.
var roots = func() map[string]oid.OID {
	all := map[string]oid.OID{}
	for name, text := range map[string]string{
		"ccitt": "0", "iso": "1", "joint-iso-ccitt": "2", "zeroDotZero": "0.0",
		"org": "1.3", "dod": "1.3.6", "internet": "1.3.6.1", "directory": "1.3.6.1.1", "mgmt": "1.3.6.1.2", "mib-2": "1.3.6.1.2.1",
		"mib": "1.3.6.1.2.1", "transmission": "1.3.6.1.2.1.10", "experimental": "1.3.6.1.3", "private": "1.3.6.1.4", "enterprises": "1.3.6.1.4.1",
		"snmp":     "1.3.6.1.2.1.11", // in RFC 1215, which doesn't import it
		"security": "1.3.6.1.5", "snmpV2": "1.3.6.1.6", "snmpDomains": "1.3.6.1.6.1", "snmpProxys": "1.3.6.1.6.2", "snmpModules": "1.3.6.1.6.3",
	} {
		all[name] = oid.MustParse(text)
	}
	return all
}()

// asn1Roots are names of ASN.1, which no module has to import.
var asn1Roots = map[string]bool{"ccitt": true, "iso": true, "joint-iso-ccitt": true}

// smiModules define the macros, the base types and the roots.
var smiModules = map[string]bool{
	"SNMPv2-SMI": true, "SNMPv2-TC": true, "SNMPv2-CONF": true, "RFC1155-SMI": true, "RFC1065-SMI": true, "RFC-1212": true, "RFC-1215": true,
	"RFC1212": true, "RFC1215": true, "SNMPv2-SMI-v1": true, "SNMPv2-TC-v1": true,
}

// baseTypes are the names that the SMI gives to types (RFC 1155 section 3.2.3, RFC 2578 section 7.1).
var baseTypes = map[string]mib.Base{
	"Integer32": mib.Integer32, "Unsigned32": mib.Unsigned32, "UInteger32": mib.Unsigned32, "Gauge32": mib.Gauge32, "Gauge": mib.Gauge32,
	"Counter32": mib.Counter32, "Counter": mib.Counter32, "Counter64": mib.Counter64, "TimeTicks": mib.TimeTicks, "IpAddress": mib.IpAddress,
	"NetworkAddress": mib.IpAddress, "Opaque": mib.Opaque, "NsapAddress": mib.OctetString, "ObjectName": mib.ObjectIdentifier,
	"NotificationName": mib.ObjectIdentifier,
}

// hints are those of conventions that SMIv1's modules define as plain types, as SMIv2 has them (RFC 2579).
var hints = map[string]string{"DisplayString": "255a", "PhysAddress": "1x:", "MacAddress": "1x:"}

// successors are the modules that took over what older ones defined.
var successors = map[string][]string{
	"RFC1065-SMI":    {"RFC1155-SMI", "SNMPv2-SMI"},
	"RFC1155-SMI":    {"SNMPv2-SMI"},
	"RFC-1213":       {"RFC1213-MIB"},
	"RFC1066-MIB":    {"RFC1156-MIB", "RFC1158-MIB", "RFC1213-MIB"},
	"RFC1156-MIB":    {"RFC1158-MIB", "RFC1213-MIB"},
	"RFC1158-MIB":    {"RFC1213-MIB", "SNMPv2-MIB", "IF-MIB", "IP-MIB", "TCP-MIB", "UDP-MIB"},
	"RFC1213-MIB":    {"SNMPv2-MIB", "IF-MIB", "IP-MIB", "TCP-MIB", "UDP-MIB", "SNMPv2-SMI", "SNMPv2-TC"},
	"RFC1231-MIB":    {"TOKENRING-MIB"},
	"RFC1253-MIB":    {"OSPF-MIB"},
	"RFC1269-MIB":    {"BGP4-MIB"},
	"RFC1271-MIB":    {"RMON-MIB"},
	"RFC1286-MIB":    {"BRIDGE-MIB", "SOURCE-ROUTING-MIB"},
	"RFC1315-MIB":    {"FRAME-RELAY-DTE-MIB"},
	"RFC1316-MIB":    {"CHARACTER-MIB"},
	"RFC1398-MIB":    {"EtherLike-MIB"},
	"RFC1406-MIB":    {"DS1-MIB"},
	"RFC1407-MIB":    {"DS3-MIB"},
	"RFC1595-MIB":    {"SONET-MIB"},
	"SNMPv2-SMI-v1":  {"SNMPv2-SMI"},
	"SNMPv2-TC-v1":   {"SNMPv2-TC"},
	"IANAifType-MIB": {"IF-MIB"},
	"SNMPv2-SMI":     {"SNMPv2-TC", "SNMPv2-CONF"},
}
