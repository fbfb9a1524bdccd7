// Package recording reads what was recorded of SNMP agents, plays it in an agent, and writes it: files in the format of
// snmpsim (.snmprec), its variations numeric, writecache, delay and error among it, and the output of net-snmp's snmpwalk.
package recording
