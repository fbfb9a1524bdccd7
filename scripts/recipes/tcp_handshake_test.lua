local script, serve = require "script", require "serve"

describe("tcp_handshake", function()
  it("talks to a real server, which never resets it", function()
    local net = script.lab()
    local echo = net.h2:run(function() return assert(serve.echo{}) end)
    local wire = net:sniff("all", {filter = "tcp[tcpflags] & tcp-rst != 0"})
    local r = test.run("tcp_handshake")
    -- From there on systems differ in what they put into one segment.
    local function beginning(text) return text:match("^.-FIN") end
    expect(beginning(r.shown)):to_equal(beginning(r.shows))
    expect(wire):not_to_see("tcp")
    wire:close()
    echo:close()
  end)

  it("says that the port is closed", function()
    local r = test.run("tcp_handshake", {port = 8})
    expect(r.code):to_be(1)
    expect(r.stderr):to_contain("10.0.0.2 resets the connection")
  end)
end)
