// Package snmp is module snmp: questions to SNMP agents of v1, v2c and v3, receiving and sending traps and informs,
// agents in a script, and messages read and shown (RFC 3411 to RFC 3418, RFC 1157, RFC 3584). Nothing needs a privilege
// but ports 161 and 162 of this machine's own.
//
// Each area has files that declare its functions and classes; module.go puts them together. Names of the MIB are resolved
// here: package host/snmp and those below speak object identifiers.
package snmp
