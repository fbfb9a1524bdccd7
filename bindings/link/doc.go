// Package link is module link: whole frames on an interface. A link sends packets, iterates over what it receives,
// exchanges questions for answers and answers others. What a packet leaves open about the way (source address, next hop,
// its MAC address) is filled in from routes and neighbours when it is sent.
//
// Frames need CAP_NET_RAW on Linux; other systems have no way to them here. A lab needs nothing.
package link
