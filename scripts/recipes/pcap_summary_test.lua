local CAPTURE = debug.getinfo(1, "S").source:match("^@(.*)recipes/") .. "testdata/fragments.pcap"

describe("pcap_summary", function()
  it("counts only what the filter lets through", function()
    local r = test.run("pcap_summary", {file = CAPTURE, filter = "ip[6:2] & 0x1fff = 0"})
    expect(r.code):to_be(0)
    expect(r.stdout):to_contain("2 packets")
  end)

  it("says that no packet matches", function()
    local r = test.run("pcap_summary", {file = CAPTURE, filter = "tcp"})
    expect(r.code):to_be(3)
    expect(r.stderr):to_contain("no packet matches")
  end)

  it("names a file that isn't there", function()
    local r = test.run("pcap_summary", {file = "/nowhere"})
    expect(r.code):to_be(1)
    expect(r.stderr):to_contain("/nowhere: no such file")
  end)

  it("wants a file", function()
    local r = test.run("pcap_summary")
    expect(r.code):to_be(2)
    expect(r.stderr):to_contain("argument 'file' is missing")
  end)
end)
