// Package server6 is a server of DHCPv6 (RFC 8415): addresses and delegated prefixes from pools, reservations, classes,
// relay agents, and answers that are wrong on purpose.
//
// A Server waits in Receive, which returns the messages that came. Answer makes the server's own answer to one, which its
// owner may change or replace; Put sets it on its way. What an answer means for the leases is done when it is sent: a
// lease that a client hears of stands in the lease file first.
package server6
