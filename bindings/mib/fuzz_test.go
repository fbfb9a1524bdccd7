package mib_test

import (
	"testing"

	"moonwire/bindings/mib"
	"moonwire/host/hosttest"
)

// Any text may be asked for, and any value be written and any index decoded. What parse reads of what format writes is
// written the same again.
func FuzzText(f *testing.F) {
	for _, seed := range []string{"sysName.0", "IF-MIB::ifDescr[2]", "vacmGroupName[3][\"a\\\"b\"]", "1.3.6.1.4.1.4294967295", "1.4.10.0.0.1", "\x07\xc8\x05\x1a\x0d\x1e\x0f\x00",
		"02:00:00:00:00:01", "fe80::1%2", "0.0.", "-1.5", "\xff\xfe"} {
		f.Add(seed)
	}
	hosttest.Fuzz(f, `
local data = ...
columns = columns or {mib.find("ipNetToPhysicalState"), mib.find("vacmGroupName"), mib.find("atPhysAddress"), mib.find("snmpTargetAddrTDomain"),
  mib.find("ifDescr"), mib.find("hrSWRunName"), mib.find("snmpTargetAddrTAddress"), mib.find("hrSystemDate"), mib.find("ifPhysAddress"),
  mib.find("ifOperStatus"), mib.find("dot3OamFunctionsSupported"), mib.find("ipAddressAddr"), mib.find("ipAdEntAddr")}
local ok, oid = try(mib.oid, data)
if ok and oid then
  for _, f in ipairs{mib.find, mib.name, mib.tree} do try(f, data) end
  try(mib.name, data, {index=true})
  local name = assert(mib.name(oid))
  assert(mib.oid(name) == oid or name:find("::", 1, true) or select(3, mib.oid(name)) == "notfound" or mib.oid(mib.name(oid, {qualified=true})) == oid, name)
end
for _, n in ipairs(columns) do
  if n.index and data:find("^[.%d]") then
    local ok, index = try(n.decode, n, data)
    if ok and index then
      local ok, again = try(n.instance, n, index)
      assert(ok, again)
    end
    try(n.instance, n, data)
  end
  local ok, text = try(n.format, n, data)
  local ok, value = try(n.parse, n, data)
  if ok and value then
    local text = assert(n:format(value))
    local back = n:parse(text)
    assert(back == nil or n:format(back) == text, text)
  end
  local number = tonumber(data)
  if number then try(n.format, n, number) end
end`, mib.Module())
}
