// Package mib is module mib: names for SNMP's object identifiers. A built-in table has those of the IETF's and IANA's modules;
// mib.load adds those of vendors' MIB files, for the runtime of the script that loads them. Package host/mib does the work.
package mib
