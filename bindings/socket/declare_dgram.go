package socket

import (
	"maps"
	"slices"

	"moonwire/host/decl"
)

// optionName is the parameter that names an option.
func optionName(set map[string]*option) decl.Param {
	return decl.Param{Name: "name", Type: "string", Doc: "the option", Choices: slices.Sorted(maps.Keys(set))}
}

var (
	datagramArg    = arg("datagram", "string", "bytes to send, as one datagram")
	datagramResult = arg("datagram", "string", "bytes received")
	sizeArg        = opt("size", "integer", "8192", "bytes to take of it; the rest of a longer one is lost")
	sentResult     = list(arg("sent", "integer", "bytes"))
)

// datagrams are the methods of UDP and Unix datagram sockets.
func (k *kind) datagrams() []decl.Raw {
	return append(k.common(),
		waiting(fn("send", "Send a datagram to the connected far end.", k.sendDatagram, list(datagramArg), sentResult),
			decl.Timeout, decl.Refused),
		waiting(fn("receive", "Wait for the next datagram.", k.receiveDatagram, list(sizeArg), list(datagramResult)), decl.Timeout))
}

func udpMethods() []decl.Raw {
	return append(append(udp.datagrams(), udp.byAddress(udpOptions)...),
		udp.settable(udpOptions),
		waiting(fn("sendto", "Send a datagram from an unconnected socket.", udpSendto,
			list(datagramArg, arg("ip", "string", "numeric address"), arg("port", "integer", "port")), sentResult), decl.Timeout),
		waiting(fn("receivefrom", "Wait for the next datagram of an unconnected socket.", udpReceivefrom, list(sizeArg),
			list(datagramResult, arg("ip", "string", "sender"), arg("port", "integer", "sender's port"))), decl.Timeout),
		failing(fn("setsockname", "Give the socket its local address.", udpSetsockname,
			list(arg("address", "string", "numeric address, host name, or * for all"), portArg), yes), decl.Exists, decl.Denied),
		failing(fn("setpeername", "Fix the far end, or free it: the object becomes connected or unconnected.", udpSetpeername,
			list(arg("address", "string", "numeric address or host name; * frees it"), opt("port", "integer|string", "", "port")), yes)),
		fn("getpeername", "Return a connected socket's far end.", udpGetpeername, nil, nameResult))
}

func unixDgramMethods() []decl.Raw {
	bind := failing(fn("bind", "Give the socket its name in the file system.", unixDgramBind, list(pathArg), yes), decl.Exists, decl.Denied)
	connect := failing(fn("connect", "Fix the far end: the object becomes connected.", unixDgramConnect, list(pathArg), yes),
		decl.Refused, decl.NotFound)
	return append(unixDgram.datagrams(), unixDgram.settable(unixDgramOptions),
		bind, renamed(bind, "setsockname"), connect, renamed(connect, "setpeername"),
		waiting(fn("sendto", "Send a datagram from an unconnected socket.", unixSendto, list(datagramArg, pathArg), sentResult), decl.Timeout),
		waiting(fn("receivefrom", "Wait for the next datagram of an unconnected socket.", unixReceivefrom, list(sizeArg),
			list(datagramResult, arg("path", "string", "sender's name, empty when it has none"))), decl.Timeout))
}
