package addr_test

import (
	"testing"

	"moonwire/bindings/addr"
	"moonwire/bindings/mac"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

// FuzzText reads addresses, prefixes, MAC addresses and u64: what is read is written and read alike.
func FuzzText(f *testing.F) {
	for _, text := range []string{"10.0.0.1", "fe80::1%eth0", "2001:db8::/32", "10.0.0.0/255.255.0.0", "02-00-5E-10-00-01", "0200.5e10.0001", "0xffffffffffffffff", "1", "::ffff:1.2.3.4/97"} {
		f.Add(text)
	}
	hosttest.Fuzz(f, `local text = ...
local a = addr(text)
if a then
  assert(addr(tostring(a)) == a)
  a:kind() a:reverse() a:expand() a:next() a:prev() a:mac() a:unmap() a:map()
  if a.zone == "" then assert(addr.from_bytes(a:bytes()) == a) end
end
local p = addr.prefix(text)
if p then
  assert(addr.prefix(tostring(p)) == p)
  assert(p:contains(p:network()) and p:contains(p:last()) and p:contains(p))
  p:netmask() p:wildcard() p:size()
  assert(p:nth(0) == p:network() and p:nth(-1) == p:last())
  for h in p:hosts() do assert(p:contains(h)) break end
  local list = addr.span(p:network(), p:last())
  assert(#list == 1 and list[1] == p:masked())
end
local m = mac.bytes(text)
if m then
  for _, notation in ipairs{"colon", "dash", "dot", "bare"} do assert(mac.bytes(mac.text(m, notation)) == m) end
  mac.vendor(m) mac.oui(m) mac.is_local(m)
end
local n = u64(text)
if n then assert(u64(tostring(n)) == n and u64("0x" .. n:hex()) == n) end
`, addr.Module(), mac.Module(), u64.Module())
}
