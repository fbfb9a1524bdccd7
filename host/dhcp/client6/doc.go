// Package client6 is a DHCPv6 client (RFC 8415), by steps and whole: solicit, request, confirm, renew, rebind, release,
// decline, information-request, rapid commit and delegated prefixes. It speaks through a station of its own on a raw link,
// so that any number of clients with any MAC address live on one interface.
//
//	c, err := client6.Open(ctx, client6.Options{Iface: "eth0"})
//	lease, err := c.Acquire(ctx, client6.Want{Addresses: 1, Prefixes: 1})
//	for { event, err := lease.Next(ctx); … }
//
// Nothing waits for ever: each exchange ends as RFC 8415 section 15 says, at the client's own limit, when ctx is done, or
// when the interface goes down. What was heard and not used is counted with its reason.
package client6
