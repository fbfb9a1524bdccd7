local script, socket = require "script", require "socket"

describe("syn_scan", function()
  local servers
  before_each(function()
    servers = {}
    script.lab().h2:run(function()
      for i, port in ipairs{22, 80} do servers[i] = assert(socket.bind("*", port)) end
    end)
  end)
  after_each(function()
    for _, s in ipairs(servers) do s:close() end
  end)

  it("finds the ports that are open", function()
    local r = test.run("syn_scan")
    expect(r.shown):to_equal(r.shows)
  end)

  it("returns what it has found when it is interrupted", function()
    local r = test.run("syn_scan", {ports = "20-1000", rate = "10pps"}, {interrupt = 3})
    expect(r.code):to_be(130)
    expect(r.stdout):to_contain("22")
    expect(r.stdout):to_contain("open")
    expect(r.stdout):not_to_contain("80")
  end)

  it("says that no port is open", function()
    local r = test.run("syn_scan", {ports = "23-28"})
    expect(r.code):to_be(3)
    expect(r.stdout):to_contain("0 open, 6 closed, 0 filtered")
  end)

  it("calls ports of a host that isn't there filtered, or says so", function()
    expect(test.run("syn_scan", {host = "10.0.0.9", ports = "22"}).code):not_to_be(0)
  end)

  it("refuses a range that runs backwards", function()
    local r = test.run("syn_scan", {ports = "9-7"})
    expect(r.code):to_be(2)
    expect(r.stderr):to_contain("argument 'ports'")
  end)
end)
