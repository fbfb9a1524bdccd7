// Package server4 is a server of DHCPv4 (RFC 2131): subnets and pools, reservations, classes, relay agents, and answers
// that are wrong on purpose.
//
// A Server waits in Receive, which returns the messages that came. Answer makes the server's own answer to one, which its
// owner may change or replace; Send puts it on its way. What an answer means for the leases is done when it is sent: an
// acknowledgement that leaves stands in the lease file first.
package server4
