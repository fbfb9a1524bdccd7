// Package pcap is module pcap: capture files in pcap and pcapng, read and written as streams, from files, pipes and the
// standard streams, compressed or not. Packets come to Lua in batches; filters, counting and copying stay in Go.
//
// It needs no privilege and runs on every system. Files are opened through the world's Files.
package pcap
