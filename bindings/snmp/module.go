package snmp

import (
	"slices"

	"moonwire/host/decl"
)

// Module declares all that Lua sees as require "snmp".
func Module() *decl.Module {
	return &decl.Module{
		Name: "snmp",
		Doc: "Ask SNMP agents and set what they hold, in v1, v2c and v3; receive and send traps and informs; be an agent; read and show " +
			"messages.",
		Source: "RFC 1157, RFC 3411 to RFC 3418, RFC 3584, RFC 3826, RFC 7860",
		Funcs: slices.Concat(sessionFunctions(), pollFunctions(), messageFunctions(), engineFunctions(), diagnoseFunctions(),
			receiverFunctions(), senderFunctions(), agentFunctions()),
		Classes: slices.Concat(sessionClasses(), varClasses(), pollClasses(), messageClasses(), diagnoseClasses(), receiverClasses(),
			agentClasses()),
	}
}
