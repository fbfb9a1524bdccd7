// Package relay is a relay agent: it carries the messages of clients to servers on other links, and the answers back. Of
// DHCPv4 it is what RFC 1542 section 4 and RFC 3046 describe, of DHCPv6 what RFC 8415 section 19 does.
//
// Agent and Agent6 decide what becomes of a message and touch no socket; Relay and Relay6 carry what they decide.
package relay
