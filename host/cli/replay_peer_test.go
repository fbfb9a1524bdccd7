package cli_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/cli"
)

// played is how often a record is run again.
const played = 20

// main runs moonwire in this process.
func main(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	in, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var stdout, stderr bytes.Buffer
	code = cli.Main(args, cli.Streams{In: in, Out: &stdout, Err: &stderr})
	return code, stdout.String(), stderr.String()
}

// recorded records a script while its peer is there, ends the peer, and runs the record again and again.
func recorded(t *testing.T, want, source string, end func(), flags ...string) {
	t.Helper()
	dir := t.TempDir()
	script, file := filepath.Join(dir, "script.lua"), filepath.Join(dir, "run.mw")
	if err := os.WriteFile(script, []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	code, out, errs := main(t, append(append([]string{"run", "--record", file}, flags...), script)...)
	end()
	if code != 0 || !strings.Contains(out, want) {
		t.Fatalf("recording: code %d, output\n%s%s", code, out, errs)
	}
	if err := os.Remove(script); err != nil {
		t.Fatal(err)
	}
	for range played {
		if code, again, errs := main(t, "replay", file); code != 0 || again != out {
			t.Fatalf("replay: code %d, output\n%s%s\nrecorded\n%s", code, again, errs, out)
		}
	}
}

// sameport opens a port that is free for both TCP and UDP.
func sameport(t *testing.T) (net.Listener, net.PacketConn) {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		if u, err := net.ListenPacket("udp", l.Addr().String()); err == nil {
			return l, u
		}
		l.Close()
	}
	t.Fatal("no port is free for both")
	return nil, nil
}

// shouting answers lines in capitals over TCP, and datagrams over UDP, on one port.
func shouting(t *testing.T) (port int, end func()) {
	l, u := sameport(t)
	port = l.Addr().(*net.TCPAddr).Port
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				for lines := bufio.NewScanner(c); lines.Scan(); {
					_, _ = io.WriteString(c, strings.ToUpper(lines.Text())+"\n")
				}
			}()
		}
	}()
	go func() {
		b := make([]byte, 2000)
		for {
			n, from, err := u.ReadFrom(b)
			if err != nil {
				return
			}
			_, _ = u.WriteTo(bytes.ToUpper(b[:n]), from)
		}
	}()
	return port, func() {
		l.Close()
		u.Close()
	}
}

// Many tasks that send, wait, poll and select over TCP.
func TestReplayTCP(t *testing.T) {
	port, end := shouting(t)
	recorded(t, "20 clients", fmt.Sprintf(`
local socket, task, clock = require "socket", require "task", require "clock"
local began, tasks = clock.monotonic(), {}
for i = 1, 20 do
  tasks[i] = task.spawn(function()
    local c = assert(socket.connect("127.0.0.1", %[1]d))
    for j = 1, 3 do
      c:send("line " .. i .. " " .. j .. "\n")
      if i %% 3 == 0 then
        c:settimeout(0)
        local line
        repeat line = c:receive() if not line then task.sleep(0.001) end until line
        print(i, j, line)
      elseif i %% 3 == 1 then
        local ready = socket.select({c}, nil, 5)
        print(i, j, #ready, c:receive())
      else
        print(i, j, c:receive())
      end
    end
    c:close()
  end)
end
for _, t in ipairs(tasks) do t:join() end
local c = assert(socket.connect("127.0.0.1", %[1]d))
c:settimeout(0.02)
print(c:receive())
print(clock.monotonic() - began, os.time(), math.random(), tostring(c):match("tcp"))
print("20 clients")
`, port), end)
}

func TestReplayUDP(t *testing.T) {
	port, end := shouting(t)
	recorded(t, "HELLO 3", fmt.Sprintf(`
local socket, dgram = require "socket", require "dgram"
local u = socket.udp()
u:setpeername("127.0.0.1", %[1]d)
for i = 1, 3 do u:send("hello " .. i) print(u:receive()) end
u:settimeout(0.01)
print(u:receive())
local d = assert(dgram.udp{to = "127.0.0.1:%[1]d"})
for i = 1, 3 do
  d:send("dgram " .. i)
  local data, meta = d:receive{timeout = 60}
  print(data, meta.peer, meta.time)
end
print(socket.dns.toip("localhost"))
print(socket.dns.gethostname())
`, port), end)
}
