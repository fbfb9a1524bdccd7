// Package addr is Lua's addr module: IPv4 and IPv6 addresses and prefixes as values to count, compare and question
// (RFC 4291, RFC 4632). Functions of other modules take these values wherever they take addresses as text.
package addr
