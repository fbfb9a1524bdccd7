// Package inlet is where SNMP messages come in that nobody asked for: one port on several addresses, datagrams (RFC 3417
// section 3) and connections (RFC 3430). Each message is answered from the address that it was sent to.
package inlet
