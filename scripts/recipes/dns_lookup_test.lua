-- lab: pair on h1
local serve = require "serve"

describe("dns_lookup", function()
  local server
  before_each(function()
    server = assert(serve.dns{port = 50053, address = "127.0.0.1", zone = {
      ["www.example.com"] = {A = {"192.0.2.1", "192.0.2.2"}, ttl = 60},
      ["no.example.com"] = {TXT = "no address"},
    }})
  end)
  after_each(function() server:close() end)

  local function look(args)
    args.server = "127.0.0.1:50053"
    return test.run("dns_lookup", args)
  end

  it("prints every address of a name", function()
    local r = look{}
    expect(r.code):to_be(0)
    expect((r.shown:gsub(", from the authority", ""))):to_equal(r.shows) -- a resolver's answer has no such mark
  end)

  it("looks an address up backwards", function()
    expect(look{name = "192.0.2.1"}.stdout):to_contain("www.example.com.")
  end)

  it("finds no address of a name that has none", function()
    expect(look{name = "no.example.com"}.stdout):not_to_contain("192.0.2")
  end)

  it("says that nobody answers", function()
    local r = test.run("dns_lookup", {server = "10.0.0.9:53"})
    expect(r.code):to_be(1)
    expect(r.stderr):to_contain("no answer from 10.0.0.9:53")
  end)
end)
