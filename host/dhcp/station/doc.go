// Package station is hosts of their own on a link: each has a MAC address, holds IP addresses and answers for them, asks
// for others', and sends and receives UDP datagrams by frames of its own. A Link carries thousands of them with one
// goroutine: frames find their station by a look-up. The system's own stack takes no part, so that a DHCP client works
// before there is an address, and for any MAC address.
package station
