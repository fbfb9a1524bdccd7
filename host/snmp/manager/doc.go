// Package manager asks SNMP agents: single questions, walks, tables and polls of many agents at once, in versions 1, 2c and
// 3 (RFC 3416 section 4.2, RFC 3414 section 4). Names are object identifiers; a function in the options makes them readable
// in errors.
//
// A Session is one agent seen by one user or community. Any number of goroutines may ask by it; they share one socket,
// which the first question opens, and the one whose turn it is reads for all. Nothing runs while nobody asks.
package manager
