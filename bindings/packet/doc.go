// Package packet is the module that stacks, reads, writes and shows packets. The work is done by host/packet; here is
// what Lua sees of it: constructors of layers, the packet with its methods, and layers as fields of a packet.
package packet
