// Package dhcp6 is module dhcp6: messages of DHCPv6, clients by steps and whole, servers in a script, and relay agents
// (RFC 8415). Clients and relay agents need CAP_NET_RAW on a real interface, servers the right to bind to port 547; labs
// need nothing.
//
// Each area has a file that declares its functions and classes; module.go puts them together.
package dhcp6
