// Package client4 is a DHCPv4 client by steps and whole (RFC 2131 section 4.4): discover, request, acquire, init-reboot,
// inform, renew, rebind, release, decline, and the life of a lease with T1, T2 and expiry. Each answer that the client
// ignores is counted with its reason, each message that it exchanged is kept with its time. It lives on a station of a link,
// so that it works for any MAC address and before there is an address, in any clock's time.
package client4
