//go:build interop && unix

package snmp_test

import (
	"fmt"
	"testing"

	"moonwire/bindings/snmp"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
	"moonwire/host/snmp/snmptest"
)

// run runs a chunk that has the address of an agent in global agent.
func run(t *testing.T, agent, source string) string {
	t.Helper()
	return hosttest.Run(t, fmt.Sprintf("agent = %q\n%s", agent, source), snmp.Module(), u64.Module())
}

// TestSessions asks snmpd in versions 1 and 2c by UDP and TCP.
func TestSessions(t *testing.T) {
	t.Parallel()
	d := snmptest.SnmpdOf(t, nil, "sysServices 72")
	run(t, d.Addr, `
for _, version in ipairs{"1", "2c"} do
  for _, transport in ipairs{"udp", "tcp"} do
    local s = assert(snmp.open{host=agent, version=version, transport=transport})
    local services, name = assert(s:get("sysServices.0", "sysName"))
    assert(services.value == 72 and services.type == "Integer" and name.type == "OctetString")
    local n = 0
    for v in s:walk("system") do n = n + 1 end
    assert(n > 20, n)
    local v, message, kind = s:get("sysName.1")
    assert(version == "1" and kind == "no_such_name" or version == "2c" and v.exception == "noSuchInstance", message)
  end
end`)
}
