// Package answer says whether one packet answers another, and why not. It compares layer by layer from the outside:
// addresses and ports change sides, identifiers stay, and an ICMP error answers the packet that it quotes. Where two
// packets differ, the reason names the rule that refused and both values.
//
// Table holds packets that wait for their answers; thousands of them cost no more than one. Pattern is a packet of which
// only the fields that somebody set count.
package answer
