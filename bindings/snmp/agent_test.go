package snmp_test

import (
	"testing"

	"moonwire/bindings/dgram"
	"moonwire/bindings/snmp"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

func TestAgent(t *testing.T) { hosttest.RunFile(t, "testdata/agent.lua", snmp.Module(), u64.Module()) }

// FuzzAgent sends an agent that a script serves any datagrams, and mutated ones, through Lua: it still answers then, and
// has counted each.
func FuzzAgent(f *testing.F) {
	f.Add("0\x26\x02\x01\x01\x04\x06public\xa0\x19\x02\x01\x01\x02\x01\x00\x02\x01\x000\x0e0\x0c\x06\x08+\x06\x01\x02\x01\x01\x05\x00\x05\x00")
	f.Add("0\x26\x02\x01\x01\x04\x06public\xa5\x19\x02\x01\x01\x02\x01\x00\x02\x01\x7f0\x0e0\x0c\x06\x08+\x06\x01\x02\x01\x01\x05\x00\x05\x00")
	f.Add("0\x27\x02\x01\x01\x04\x06public\xa3\x1a\x02\x01\x01\x02\x01\x00\x02\x01\x000\x0f0\x0d\x06\x08+\x06\x01\x02\x01\x01\x05\x00\x04\x01x")
	hosttest.Fuzz(f, `
		local data = (...):sub(1, 60000)
		if not agent then
			agent = assert(snmp.agent{port=0, address="127.0.0.1", transport="udp", statistics=true, writable=true, creatable={"1.3"},
				community="public", write_community="private", users={{name="u", auth="SHA", auth_password="authpass12"}},
				tree={["sysName.0"]="R2", ["sysDescr.0"]=function(r) return r.name .. r.source end, ["sysLocation.0"]={get=function() return "here" end, set=function() end}}})
			sender = dgram.udp{}
		end
		local before, handled = agent.stats.snmpInPkts, agent.stats.handled
		assert(sender:send(data, agent.address))
		for _ = 1, 5000 do -- it may be handled before serve begins
			if agent.stats.handled > handled then break end
			agent:serve{timeout=0.001}
		end
		local stats = agent.stats
		assert(stats.snmpInPkts == before + 1 and stats.handled == handled + 1, "not counted once")
		assert(stats.errors == 0, "an error in a function")
	`, snmp.Module(), dgram.Module(), u64.Module())
}
