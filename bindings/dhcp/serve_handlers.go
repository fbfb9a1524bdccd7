package dhcp

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/dhcpserver"
	"moonwire/host/dhcp/dhcp4"
)

func (o *serverOptions) handlers() dhcpserver.Handlers[dhcp4.Type] {
	return dhcpserver.NewHandlers(map[dhcp4.Type]*lua.LFunction{dhcp4.Discover: o.OnDiscover, dhcp4.Request: o.OnRequest, dhcp4.Decline: o.OnDecline,
		dhcp4.Release: o.OnRelease, dhcp4.Inform: o.OnInform, 0: o.OnMessage})
}
