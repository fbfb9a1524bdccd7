// Package agent is an SNMP agent in versions 1, 2c and 3 (RFC 1157, RFC 3412 to RFC 3416, RFC 3584).
//
// What it tells stands in Trees, one for each context: a Table of values that many agents may share, values of the tree's
// own, and Sources, which are asked for what stands below a name. Who may read and write what, Communities and Users say by
// Rules with Views (RFC 3415). Sets are tested whole before anything is changed. Faults make an agent err on purpose.
package agent
