// Package watch follows DHCP as it passes a link. It takes each message with its time and the addresses of its frame, and says
// what happened by it: leases granted, renewed, released, declined and expired, servers that nobody allowed, clients that eat up
// the pool, refusals without end, addresses in two hands. It sends nothing and waits for nothing: time comes with the messages.
package watch
