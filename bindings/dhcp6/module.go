package dhcp6

import (
	"slices"

	"moonwire/host/decl"
)

// Module declares all that Lua sees as require "dhcp6".
func Module() *decl.Module {
	return &decl.Module{
		Name: "dhcp6",
		Doc: "Make, read and exchange messages of DHCPv6: clients by steps and whole, servers with handlers, and relay agents, with addresses " +
			"and delegated prefixes.",
		Source:  "RFC 8415",
		Funcs:   slices.Concat(messageFunctions(), duidFunctions(), clientFunctions(), serverFunctions(), relayFunctions()),
		Classes: slices.Concat(messageClasses(), clientClasses(), serverClasses(), relayClasses()),
	}
}
