local script = require "script"

describe("14_dhcp_discover", function()
  it("asks by broadcast from no address", function()
    local net = script.lab()
    local wire = net:sniff("all", {filter = "udp dst port 67"})
    expect(test.run("14_dhcp_discover").code):to_be(0)
    expect(wire):to_see{eth = {dst = "ff:ff:ff:ff:ff:ff"}, ip = {src = "0.0.0.0", dst = "255.255.255.255"}}
    wire:close()
  end)
end)
