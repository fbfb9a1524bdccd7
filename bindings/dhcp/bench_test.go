package dhcp_test

import (
	"testing"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/dhcp"
	"moonwire/host/decl"
)

// BenchmarkHandler is what a script does with a message: read it, look at fields and options, build and write an answer.
func BenchmarkHandler(b *testing.B) {
	L := lua.NewState()
	defer L.Close()
	modules := []*decl.Module{dhcp.Module()}
	decl.Preload(L, modules)
	L.SetGlobal("dhcp", modules[0].Table(L))
	err := L.DoString(`
		local raw = dhcp.message{type="request", xid=1, chaddr="02:00:00:00:00:01", options={client_identifier="02:00:00:00:00:01",
			requested_address="10.0.0.5", server_identifier="10.0.0.1", vendor_class="udhcp", parameter_request_list={1, 3, 6, 12, 15, 28, 42}}}:bytes()
		function handle()
			local m = dhcp.decode(raw)
			if m.type ~= "request" or m.options.requested_address ~= "10.0.0.5" then error("other") end
			local a = m:answer("ack")
			a.yiaddr = m.options.requested_address
			a.options.server_identifier = "10.0.0.1"
			a.options.lease_time = 3600
			a.options.subnet_mask = "255.255.255.0"
			a.options.router = "10.0.0.1"
			return #a:bytes()
		end`)
	if err != nil {
		b.Fatal(err)
	}
	fn := L.GetGlobal("handle")
	b.ReportAllocs()
	for b.Loop() {
		if err := L.CallByParam(lua.P{Fn: fn, NRet: 1, Protect: true}); err != nil {
			b.Fatal(err)
		}
		L.Pop(1)
	}
}
