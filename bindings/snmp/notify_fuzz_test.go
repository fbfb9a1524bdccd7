package snmp_test

import (
	"testing"

	"moonwire/bindings/dgram"
	"moonwire/bindings/snmp"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

// FuzzListen sends any bytes to a listener: one event comes of them, or an answer to a question for the engine, and each field
// of the event can be read.
func FuzzListen(f *testing.F) {
	for _, seed := range []string{
		"\x30\x28\x02\x01\x00\x04\x06public\xa4\x1b\x06\x03\x2b\x06\x01\x40\x04\xc0\x00\x02\x01\x02\x01\x02\x02\x01\x00\x43\x01\x07\x30\x05\x30\x03\x06\x01\x2b",
		"\x30\x3c\x02\x01\x01\x04\x06public\xa7\x2f\x02\x01\x05\x02\x01\x00\x02\x01\x00\x30\x24\x30\x0d\x06\x08\x2b\x06\x01\x02\x01\x01\x03\x00\x43\x01\x07\x30\x13\x06\x0a\x2b\x06\x01\x06\x03\x01\x01\x04\x01\x00\x06\x05\x2b\x06\x01\x06\x03",
		"\x30\x38\x02\x01\x03\x30\x0e\x02\x01\x01\x02\x03\x00\xff\xe3\x04\x01\x04\x02\x01\x03\x04\x10\x30\x0e\x04\x00\x02\x01\x00\x02\x01\x00\x04\x00\x04\x00\x04\x00\x30\x11\x04\x00\x04\x00\xa0\x0b\x02\x01\x01\x02\x01\x00\x02\x01\x00\x30\x00",
		"\x30\x00", "",
	} {
		f.Add(seed)
	}
	hosttest.Fuzz(f, `
		local data = ...
		local snmp, dgram = require "snmp", require "dgram"
		local l = assert(snmp.listen{port = 0, address = "127.0.0.1", refused = true, repeated = true, users = {{name = "ann"}}})
		local s = assert(dgram.udp())
		assert(s:send(data, "127.0.0.1:" .. l.port))
		local event
		repeat event = l:next(0.01) until event and event.bytes == data or l.stats.discoveries == 1 -- others may know the port from before
		s:close()
		if event then
			for _, name in ipairs{"kind", "version", "trap", "trap_oid", "uptime", "sender", "source", "agent", "enterprise", "generic", "specific",
				"community", "user", "level", "engine", "boots", "engine_time", "context", "context_engine", "request_id", "repeated", "reason",
				"refused", "problems", "time", "message"} do local _ = event[name] end
			if event.message then tostring(event.message) event.message:show() end
			assert(event.bytes == data and tostring(event) and event:explain())
			for _, v in ipairs(event.vars) do tostring(v) end
		end
		for _, x in ipairs(l.exchange) do assert(x.label and x.from and x.to) end
		l:close()`, snmp.Module(), dgram.Module(), u64.Module())
}
