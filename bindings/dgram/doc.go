// Package dgram is module dgram: datagram sockets that say all the system knows of each datagram. UDP sockets, ping
// sockets and sockets over IP itself, with TTL, DF and source per datagram, what came with each received one, the
// ICMP errors that came back (ip(7), IP_RECVERR), and the path MTU: what ping, traceroute and pmtu need.
//
// UDP needs no privilege. Ping sockets need the group in net.ipv4.ping_group_range or CAP_NET_RAW, sockets over IP
// CAP_NET_RAW. Metadata, errors, DF and path MTU come from Linux; other systems send and receive only.
package dgram
