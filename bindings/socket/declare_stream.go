package socket

import "moonwire/host/decl"

// common are the methods of every kind of socket.
func (k *kind) common() []decl.Raw {
	return []decl.Raw{
		fn("close", "Close the socket; again is no error.", k.closeMethod, nil, yes),
		fn("dirty", "Does the object hold data that was received and not read?", k.dirty, nil,
			list(arg("dirty", "boolean", "true when receive would return at once"))),
		fn("getfd", "Return the descriptor, -1 when there is none.", k.getfd, nil, list(arg("fd", "integer", "descriptor"))),
		fn("setfd", "Use another socket's descriptor, or none.", k.setfd,
			list(arg("fd", "integer", "descriptor of a socket of this script, or -1")), nil),
		fn("getsockname", "Return this end's address.", k.getsockname, nil, nameResult),
		fn("settimeout", "Set how long calls may wait.", k.settimeout,
			list(opt("seconds", "number", "-1", "negative or nil: for ever; 0: not at all"),
				opt("mode", "string", `"b"`, "b: each wait; t: the whole call")), yes),
		fn("gettimeout", "Return the limits that settimeout set.", k.gettimeout, nil,
			list(arg("block", "number", "seconds, -1 for none"), arg("total", "number", "seconds, -1 for none"))),
	}
}

// connection are the methods of TCP and Unix streams.
func (k *kind) connection() []decl.Raw {
	return append(append(k.common(), k.transfer()...),
		waiting(fn("accept", "Wait for the next connection of a server.", k.accept, nil,
			list(arg("client", k.name, "the connection"))), decl.Timeout, decl.Closed),
		failing(fn("listen", "Make a bound master accept connections: it becomes a server.", k.listen,
			list(opt("backlog", "integer", "32", "connections that may wait to be accepted")), yes), decl.Exists))
}

// transfer are the methods of whatever is connected.
func (k *kind) transfer() []decl.Raw {
	return []decl.Raw{
		waiting(fn("receive", "Read from the connection. After an error the third result is what came before it: give it back as prefix to go on.",
			k.receive,
			list(opt("pattern", "string|integer", `"*l"`, "*l: a line, without its end and without any CR; *a: all until the connection ends; a number: so many bytes"),
				opt("prefix", "string", `""`, "goes in front of the result and counts as received")),
			list(arg("data", "string", "what was read"), arg("message", "nil", ""), arg("partial", "nil", ""))),
			decl.Timeout, decl.Closed),
		waiting(fn("send", "Write to the connection. After an error the third result is the index of the last byte sent.", k.send,
			list(arg("data", "string", "bytes to send"), opt("i", "integer", "1", "first byte; negative counts from the end"),
				opt("j", "integer", "-1", "last byte; negative counts from the end")),
			list(arg("last", "integer", "index of the last byte sent"))), decl.Timeout, decl.Closed),
		fn("shutdown", "End one direction of the connection, or both.", k.shutdown,
			list(choice("mode", `"both"`, shutdowns...)), yes),
		fn("getstats", "Return bytes received, bytes sent and the age in seconds.", k.getstats, nil,
			list(arg("received", "integer", "bytes"), arg("sent", "integer", "bytes"), arg("age", "number", "seconds"))),
		fn("setstats", "Set what getstats counts from.", k.setstats,
			list(opt("received", "integer", "", "bytes"), opt("sent", "integer", "", "bytes"), opt("age", "number", "", "seconds")), yes),
	}
}

func choice(name, def string, words ...string) decl.Param {
	return decl.Param{Name: name, Type: "string", Default: def, Optional: true, Choices: words, Doc: "which"}
}

// byAddress are the methods of TCP and UDP sockets.
func (k *kind) byAddress(o optionSet) []decl.Raw {
	return []decl.Raw{
		k.family(),
		fn("getoption", "Read a socket option.", k.getoption(o), list(optionName(o.get)), list(arg("value", "any", "the option's value"))),
	}
}

func (k *kind) family() decl.Raw {
	return fn("getfamily", "Return the address family.", k.getfamily, nil, list(arg("family", "string", "inet4 or inet6")))
}

func (k *kind) peer() decl.Raw {
	return fn("getpeername", "Return the far end's address.", k.getpeername, nil, nameResult)
}

// settable is setoption.
func (k *kind) settable(o optionSet) decl.Raw {
	return fn("setoption", "Set a socket option.", k.setoption(o),
		list(optionName(o.set), opt("value", "boolean|integer|string|table", "", "as the option wants it")), yes)
}

func tcpMethods() []decl.Raw {
	bind := failing(fn("bind", "Give a master its local address.", bindMethod,
		list(arg("address", "string", "numeric address, host name, or * for all"), portArg), yes), decl.Exists, decl.Denied)
	connect := waiting(fn("connect", "Connect to an address: the object becomes a client.", connectMethod,
		list(addressArg, portArg), yes), decl.Refused, decl.Timeout, decl.Unreachable)
	return append(append(tcp.connection(), tcp.byAddress(tcpOptions)...),
		tcp.settable(tcpOptions), bind, renamed(bind, "setsockname"), connect, renamed(connect, "setpeername"),
		tcp.peer())
}

func renamed(f decl.Raw, name string) decl.Raw {
	f.Doc = "The same as " + f.Name + "."
	f.Name = name
	return f
}

func unixStreamMethods() []decl.Raw {
	bind := failing(fn("bind", "Give a master its name in the file system.", unixBind, list(pathArg), yes), decl.Exists, decl.Denied)
	connect := waiting(fn("connect", "Connect a master to a server's name.", unixConnect, list(pathArg), yes), decl.Refused, decl.NotFound)
	return append(unixStream.connection(), unixStream.settable(unixStreamOptions),
		bind, renamed(bind, "setsockname"), connect, renamed(connect, "setpeername"))
}
