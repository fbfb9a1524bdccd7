// Package dhcp is module dhcp: messages of DHCPv4 and BOOTP, clients by steps and whole, servers in a script, relay agents,
// load of many clients, and watching (RFC 2131, RFC 2132). Clients, load and relay agents need CAP_NET_RAW on a real
// interface; labs need nothing.
//
// Each area has a file that declares its functions and classes; module.go puts them together.
package dhcp
