package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/network/nettest"
)

// Frames sent and received, alone and by batches, on a real link; and the agent of another host.
func TestReplayLink(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	hosts := nettest.NewLAN(t, 2)
	recorded(t, "answered 1, silent 1", `
local link, packet, task = require "link", require "packet", require "task"
local l = assert(link.open("eth0"))
local function ask(ip) return packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / packet.arp{op = "who-has", psrc = "10.0.0.1", pdst = ip} end
local r
repeat r = l:exchange({ask "10.0.0.2", ask "10.0.0.9"}, {timeout = 0.2}) until #r.answered == 1
local heard = task.spawn(function()
  for p in l:sniff{filter = "arp", timeout = 0.3} do print(p) end
end)
task.sleep(0.05)
for i = 1, 100 do l:send(ask "10.0.0.2") end
heard:join()
print("answered " .. #r.answered .. ", silent " .. #r.unanswered)
l:close()
`, func() { _ = hosts[1].Network.Config().SetUp("eth0", false) }, "--netns", hosts[0].Path)
}

func TestReplaySNMP(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	hosts := nettest.NewLAN(t, 2)
	agent := startAgent(t, hosts[1].Path)
	recorded(t, "sysName", `
local snmp, task = require "snmp", require "task"
local s = assert(snmp.open{host = "10.0.0.2", community = "public", timeout = 5, retries = 5})
for _ = 1, 1000 do -- until the agent is there
  if s:get("sysName.0") then break end
  task.sleep(0.05)
end
for v in s:walk("system") do print(v) end
local all = {}
for i = 1, 5 do all[i] = task.spawn(function() print(i, s:get("sysName.0")) end) end
for _, t in ipairs(all) do t:join() end
`, agent, "--netns", hosts[0].Path)
}

// startAgent runs an agent of ours in a process and a namespace of its own.
func startAgent(t *testing.T, namespace string) (end func()) {
	script := filepath.Join(t.TempDir(), "agent.lua")
	err := os.WriteFile(script, []byte(`
local a = assert(require "snmp".agent{address = "10.0.0.2", community = "public", tree = {["sysName.0"] = "R2", ["sysDescr.0"] = "a test", ["sysServices.0"] = 72}})
require "task".sleep(60)
`), 0o666)
	if err != nil {
		t.Fatal(err)
	}
	namespace = strings.Replace(namespace, "/proc/self/", fmt.Sprintf("/proc/%d/", os.Getpid()), 1)
	cmd := exec.Command(os.Args[0], "run", "--netns", namespace, script)
	cmd.Args[0] = "moonwire"
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	end = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	t.Cleanup(end)
	return end
}
