// Package filter compiles tcpdump's filter language (pcap-filter(7)) to programs of the BSD packet filter, without
// libpcap, and runs them.
//
// A program gives tcpdump's verdict on every packet: it is for a kernel (AF_PACKET, see Options.Live) or for the
// frames of a capture file (Program.Match). The package opens no socket and reads no file; names of hosts are looked
// up by functions that the caller gives.
//
//	p, err := filter.Compile("tcp port 80 and host 10.0.0.1", filter.Options{LinkType: 1})
//	if p.Match(frame, len(frame)) { ... }
package filter
