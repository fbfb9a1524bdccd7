// Package resident is an SNMP agent that lives on a host: it tells of the host (package mib2) and of itself, and notifies
// others of what happens to it by traps or informs (RFC 3413 section 3.3).
package resident
