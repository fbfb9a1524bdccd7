-- lab: pair on h1
local script = require "script"
local CAPTURE = debug.getinfo(1, "S").source:match("^@(.*)recipes/") .. "testdata/fragments.pcap"
local CHANGES = "10.0.11.2=10.0.0.1,10.0.13.2=10.0.0.2,02:00:00:00:11:02=02:00:00:00:00:01,02:00:00:00:11:01=02:00:00:00:00:02"

describe("replay", function()
  it("sends what was captured, with other addresses and right checksums", function()
    local net, summed = script.lab(), 0
    local wire = net:sniff("h1--h2", {filter = "src host 10.0.0.1"})
    local r = test.run("replay", {file = CAPTURE, filter = "src host 10.0.11.2", speed = 2, rewrite = CHANGES})
    expect(r.shown):to_equal(r.shows)
    for _ = 1, 3 do
      expect(wire):to_see(function(p)
        local sum = p.ip.chksum
        summed = summed + (p:set("ip.chksum", require "packet".auto):build().ip.chksum == sum and 1 or 0)
        return p.eth.dst == "02:00:00:00:00:02" and p.ip.dst == "10.0.0.2"
      end)
    end
    expect(summed):to_be(3)
    wire:close()
  end)

  it("names a file that isn't there", function()
    local r = test.run("replay", {file = "/nowhere"})
    expect(r.code):to_be(1)
    expect(r.stderr):to_contain("/nowhere: no such file")
  end)
end)
