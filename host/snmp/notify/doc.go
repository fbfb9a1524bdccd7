// Package notify receives and sends SNMP notifications: traps and informs of versions 1, 2c and 3 (RFC 1157 section 4.1.6,
// RFC 3413 section 3, RFC 3416 sections 4.2.6 and 4.2.7), as one kind of event. Traps of version 1 are translated as RFC
// 3584 section 3 says, both ways. It speaks object identifiers: names are somebody else's.
package notify
