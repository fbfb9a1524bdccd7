// Package tls is Lua's module tls: TLS 1.0 to 1.3 (RFC 8446) above a connected stream socket, as client and as server,
// by Go's crypto/tls. A client verifies its server unless told otherwise.
//
// A wrapped connection has the methods of LuaSocket's clients, with the same patterns, results and words, beside
// handshake and info. The handshake runs by itself with the first send or receive. No privilege is needed.
package tls
