//go:build linux

package cli_test

import (
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// talker sends datagrams in a lab until it is killed.
const talker = `local lab, socket, task = require "lab", require "socket", require "task"
local net = lab{"h1 -- h2"}
task.daemon(function() net.h2:run(function()
  local s = socket.udp()
  s:setsockname("*", 9)
  while true do s:receive() end
end) end)
net.h1:run(function()
  local s = socket.udp()
  s:setpeername(net.h2.address, 9)
  for i = 1, 1e9 do
    s:send(("x"):rep(i % 1000))
    if i % 100 == 0 then task.sleep(0.001) end
  end
end)`

// killedCapture is a capture of a run that was killed some time after so many packets could be read in it.
func killedCapture(t *testing.T, least int64, later time.Duration) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "killed.pcapng")
	cmd := exec.Command("moonwire", "--capture", file, "-e", talker)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	for end := time.Now().Add(time.Minute); packetsIn(file) < least; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d packets, want %d", packetsIn(file), least)
		}
	}
	time.Sleep(later) // any moment will do
	return file
}

// TestCaptureKilled reads what a run captures while it does, and after it was killed: nothing is lost that was there before.
func TestCaptureKilled(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(1, 2))
	for round := range 6 {
		least, later := 500+chance.Int64N(1000), time.Duration(chance.IntN(5000))*time.Microsecond
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			t.Parallel()
			if got := packetsIn(killedCapture(t, least, later)); got < least {
				t.Errorf("%d packets, want %d", got, least)
			}
		})
	}
}
