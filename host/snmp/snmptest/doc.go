// Package snmptest gives interop tests the SNMP programs that others wrote, on ports of the loopback interface: the agents
// snmpd and snmpsim, the receiver snmptrapd, net-snmp's commands, and pysnmp scripts. Each program keeps its files in a
// directory of the test, ends with the test, and shows what it printed when the test fails. A program that is missing
// fails the test. Everything but this page is built with the tag interop, on Unix.
//
//	func TestWalkOfSnmpd(t *testing.T) {
//		agent := snmptest.Snmpd(t, "sysServices 72")
//		text := snmptest.Run(t, "snmpwalk", "-v2c", "-c", "public", "-On", agent.Addr, "1.3.6.1.2.1.1")
//		…
//	}
package snmptest
