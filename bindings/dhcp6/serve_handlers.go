package dhcp6

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/dhcpserver"
	"moonwire/host/dhcp/dhcp6"
)

func (o *serverOptions) handlers() dhcpserver.Handlers[dhcp6.Type] {
	return dhcpserver.NewHandlers(map[dhcp6.Type]*lua.LFunction{dhcp6.Solicit: o.OnSolicit, dhcp6.Request: o.OnRequest, dhcp6.Confirm: o.OnConfirm,
		dhcp6.Renew: o.OnRenew, dhcp6.Rebind: o.OnRebind, dhcp6.Release: o.OnRelease, dhcp6.Decline: o.OnDecline,
		dhcp6.InformationRequest: o.OnInform, 0: o.OnMessage})
}
