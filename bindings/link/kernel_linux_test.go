package link

import (
	"testing"

	"moonwire/bindings/packet"
	"moonwire/host/hosttest"
	"moonwire/host/network/nettest"
)

// TestKernel exchanges packets with Linux over a wire and over two routers.
func TestKernel(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	p := nettest.NewPath(t)
	p.Client.Sysctl(t, "ipv4/neigh/right/retrans_time_ms", "50")
	for _, trust := range []string{"route_localnet", "accept_local"} { // else lo drops what comes from an own address
		p.Client.Sysctl(t, "ipv4/conf/lo/"+trust, "1")
	}
	server, err := p.Server.Network.Listen(t.Context(), "tcp", "10.0.13.2:80", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	hosttest.RunFileIn(t, p.Client.Network, "testdata/kernel.lua", Module(), packet.Module())
}
