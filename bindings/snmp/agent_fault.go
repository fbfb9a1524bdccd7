package snmp

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/mib"
	"moonwire/host/snmp/agent"
)

// faultsOf reads the option faults.
func faultsOf(L *lua.LState, names *mib.Tree, v lua.LValue) ([]agent.Fault, error) { return nil, nil }
