package network

import "time"

// A Call is one call on the network, told at its end.
type Call struct {
	Time  time.Time // when it ended, by the world's clock
	Task  string    // name of the task that called; of calls in the background, of the one that made the socket
	Line  string    // the line of Lua, as file:line; "" where none is known
	World string    // the host's name in a lab; "" outside
	Name  string    // "bind", "listen", "connect", "accept", "send", "receive", "lookup", "shutdown", "close" …
	Class string    // what it is called on: "tcp", "udp4", "link eth0"; LuaSocket's name of an object: "tcp{client}"
	Here  string    // its own address after the call; "" when it has none
	Peer  string    // the far end's; for accept the new connection's
	Bytes int       // sent or received
	Data  string    // those bytes
	Frame string    // how Data begins when it is a frame: an Interface's LinkType
	What  string    // argument of shutdown, answer of a lookup, a change of configuration …
	Err   string    // why it failed
}
