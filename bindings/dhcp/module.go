package dhcp

import (
	"slices"

	"moonwire/host/decl"
)

// Module declares all that Lua sees as require "dhcp".
func Module() *decl.Module {
	return &decl.Module{
		Name: "dhcp",
		Doc: "Make, read and exchange messages of DHCP: clients by steps and whole, servers with handlers, relay agents, many clients at " +
			"once, and a watch over other servers.",
		Source: "RFC 2131, RFC 2132, RFC 1542",
		Funcs: slices.Concat(messageFunctions(), clientFunctions(), serverFunctions(), relayFunctions(), loadFunctions(),
			watchFunctions()),
		Classes: slices.Concat(messageClasses(), clientClasses(), serverClasses(), relayClasses(), loadClasses(), watchClasses()),
	}
}
