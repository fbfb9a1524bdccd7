// Package mib2 is what a host tells of itself by SNMP: SNMPv2-MIB's system and sysORTable (RFC 3418), IF-MIB (RFC 2863),
// IP-MIB (RFC 4293, with the tables of RFC 1213 that people still walk), IP-FORWARD-MIB (RFC 4292, RFC 2096, RFC 1213),
// TCP-MIB (RFC 4022), UDP-MIB (RFC 4113), and of HOST-RESOURCES-MIB (RFC 2790) the time since the start. Everything is
// asked of a network.Network, and of its network.Inspector where it has one, at each question: what isn't known is
// missing, never zero.
package mib2
