// Package frame writes and reads the Ethernet frames of UDP datagrams in place, without memory of its own: for those who
// send to clients that answer no ARP, and for those who send many (RFC 791, RFC 768, RFC 8200).
package frame
