// Package pcap reads and writes capture files: pcap (draft-ietf-opsawg-pcap) with microseconds or nanoseconds, and pcapng
// (draft-ietf-opsawg-pcapng) with its interfaces, comments, names, secrets, statistics and blocks that nobody knows.
//
// Both directions stream: a Reader needs an io.Reader and nothing else, so that pipes do, and a Writer puts out whole
// records only. A Reader holds memory for what it was given, never for what a header claims. What is cut short is
// readable up to the last whole packet, and the error says how much that was.
package pcap
