package socket

import (
	"context"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// sleep is socket.sleep(seconds).
func sleep(L *lua.LState) int {
	d := seconds(checkNumber(L, 1))
	decl.HostOf(L).Block(L, func(ctx context.Context) error { return network.ClockFrom(ctx).Sleep(ctx, d) })
	return 0
}

// gettime is socket.gettime().
func gettime(L *lua.LState) int {
	now := network.ClockFrom(decl.HostOf(L).Context()).Now()
	L.Push(lua.LNumber(float64(now.UnixMicro()) / 1e6))
	return 1
}
