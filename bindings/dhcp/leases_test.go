package dhcp_test

import (
	"testing"

	"moonwire/bindings/dhcp"
	"moonwire/bindings/dhcp6"
	"moonwire/bindings/packet"
	"moonwire/host/catalog"
	"moonwire/host/hosttest"
)

func TestLeases(t *testing.T) {
	t.Parallel()
	hosttest.RunFile(t, "testdata/leases.lua", catalog.Modules()...)
}

// FuzzLeases reads any bytes as the messages of a conversation: there is a table of leases, whatever they are.
func FuzzLeases(f *testing.F) {
	head := "\x02\x01\x06\x00\x12\x34\x56\x78" + string(make([]byte, 228)) + "\x63\x82\x53\x63"
	f.Add(head + "\x35\x01\x05\x36\x04\x0a\x00\x00\x01\x33\x04\x00\x00\x02\x58\xff")
	f.Add(head + "\x35\x01\x06\x38\x02no\xff")
	f.Add("\x07\x00\x00\x01\x00\x01\x00\x0a\x00\x03\x00\x01\x02\x00\x00\x00\x00\x01\x00\x03\x00\x28\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x05\x00\x18" +
		"\xfd\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x05\x00\x00\x00\x0a\x00\x00\x00\x14")
	hosttest.Fuzz(f, `
		local data, rows = ..., {}
		for _, read in ipairs{dhcp.decode, dhcp6.decode} do
			local m = read(data)
			if m then rows[#rows + 1] = {message = m, time = #rows} end
		end
		local port = data:byte(1) == 2 and 68 or 67
		rows[#rows + 1] = packet.eth{} / packet.ip{} / packet.udp{sport = 67, dport = port} / data
		rows[#rows + 1] = packet.eth{} / packet.ipv6{} / packet.udp{sport = 547, dport = 546} / data
		local leases = dhcp.leases(rows)
		for _, l in ipairs(leases) do assert(l.address and l.state and l.time) end
		for _, e in ipairs(leases.events) do assert(#tostring(e) > 0 and e.kind) end`,
		dhcp.Module(), dhcp6.Module(), packet.Module())
}
