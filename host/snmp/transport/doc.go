// Package transport carries SNMP messages to agents and back: as datagrams (RFC 3417 section 3), or framed by their own
// length in a TCP stream (RFC 3430). It looks at no more of a message than the length in front.
//
// Nothing is opened before the first message, and nothing runs by itself: who waits for an answer reads.
package transport
