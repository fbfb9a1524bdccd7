package cli_test

import (
	"bufio"
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"moonwire/host/network/nettest"
)

// changer is a script that changes the machine: it applies a lease, that it gives itself, and makes a TAP device. Then it
// does what its first argument says.
const changer = `local dhcp, task, lab = require "dhcp", require "task", require "lab"
local server = assert(dhcp.server{iface = "srv", pool = "10.9.0.100-10.9.0.110", router = "10.9.0.1"})
task.daemon(function() server:serve() end)
assert(assert(dhcp.client{iface = "cli"}:acquire()):apply{resolver = false})
local net = lab{"h1 -- R1 -- h2"}
assert(net:bridge{node = "h1", tap = "lab0", addresses = {"10.0.1.9/24"}, routes = {["10.0.0.0/16"] = "10.0.1.1"}})
if ... == "stubborn" then
  task.defer(function() print "ending" io.stdout:flush() task.sleep(1000) end)
end
print "ready"
io.stdout:flush()
io.read()
local ends = {
  wait = function() task.sleep(1000) end,
  print = function() while true do print "more" task.sleep(0.01) end end,
  error = function() error "on purpose" end,
  exit = function() os.exit(7) end,
  memory = function() local t = {} while true do t[#t + 1] = ("x"):rep(1e6) .. #t end end,
}
(ends[...] or ends.wait)()
`

// An end is how a run comes to one.
type end struct {
	name  string
	words string // flags, and behind them what the script does
	by    func(*testing.T, *changing)
	code  int // -1: killed
}

// sends are signals, each of which is heard before the next.
func sends(signals ...syscall.Signal) func(*testing.T, *changing) {
	return func(t *testing.T, c *changing) {
		for i, s := range signals {
			if i > 0 {
				c.says(t, "ending")
			}
			c.Process.Signal(s)
		}
	}
}

func closes(_ *testing.T, c *changing) { c.out.Close() }

var ends = []end{
	{"TERM", "wait", sends(unix.SIGTERM), 143},
	{"INT", "wait", sends(unix.SIGINT), 130},
	{"INT twice", "stubborn", sends(unix.SIGINT, unix.SIGINT), 130},
	{"HUP", "wait", sends(unix.SIGHUP), 129},
	{"QUIT", "wait", sends(unix.SIGQUIT), 131},
	{"ABRT", "wait", sends(unix.SIGABRT), 134},
	{"PIPE", "print", closes, 141},
	{"a terminal that goes", "wait", closes, 129},
	{"an error", "error", nil, 1},
	{"os.exit", "exit", nil, 7},
	{"the limit of memory", "--max-memory 128M memory", nil, 1},
	{"TERM, isolated", "--isolate wait", sends(unix.SIGTERM), 143},
	{"the limit of memory, isolated", "--isolate --max-memory 128M memory", nil, 1},
	{"the outer process killed", "--isolate wait", sends(unix.SIGKILL), -1},
	{"the inner process killed", "--isolate wait", func(t *testing.T, c *changing) { unix.Kill(c.inner(t), unix.SIGKILL) }, 1},
	{"KILL", "wait", sends(unix.SIGKILL), -1},
}

// TestEnds ends runs in every way, and looks for what they leave on the machine: nothing, that of KILL after the next start.
func TestEnds(t *testing.T) {
	t.Parallel()
	if !inMachine(t) {
		return
	}
	for _, e := range ends {
		t.Run(e.name, func(t *testing.T) {
			if testing.Short() && strings.Contains(e.words, "--max-memory") {
				t.Skip("the race detector, for which tests are short, needs memory of its own")
			}
			t.Parallel()
			testEnd(t, e)
		})
	}
}

// inMachine says whether this is the run of a test that has all it needs.
func inMachine(t *testing.T) bool {
	t.Helper()
	if !nettest.Inside(t) {
		return false
	}
	if _, err := exec.LookPath("ip"); err != nil {
		t.Skip("needs ip of iproute2")
	}
	nettest.NeedTUN(t)
	return true
}

// lanNode is a node with both ends of a wire, one of which has an address.
func lanNode(t *testing.T) *nettest.Node {
	t.Helper()
	node := nettest.NewNode(t)
	for _, words := range []string{
		"link add srv type veth peer name cli", "link set srv addrgenmode none", "link set cli addrgenmode none",
		"link set srv up", "link set cli up", "addr add 10.9.0.1/24 dev srv",
	} {
		node.Output(t, "ip", strings.Fields(words)...)
	}
	waitUntil(t, func() bool { return strings.Count(node.Output(t, "ip", "-o", "link"), "state UP") == 2 }, func() string { return "no carrier" })
	return node
}

func testEnd(t *testing.T, e end) {
	node := lanNode(t)
	before := machine(t, node)
	home := t.TempDir()
	c := startChanging(t, node, home, e)
	c.says(t, "ready")
	if now := machine(t, node); !strings.Contains(now, "10.9.0.100/24") || !strings.Contains(now, "lab0") {
		t.Fatal("nothing has changed:", now)
	}
	io.WriteString(c.in, "\n")
	if e.by != nil {
		e.by(t, c)
	}
	go io.Copy(io.Discard, c.lines)
	if c.Wait(); c.ProcessState.ExitCode() != e.code {
		t.Errorf("%v, want %d: %s", c.ProcessState, e.code, c.errors)
	}
	if e.name == "KILL" {
		elsewhere := nettest.NewNode(t)
		if told := start(t, elsewhere, home, "doctor"); !strings.Contains(told, "add 10.9.0.100/24 to cli (process ") ||
			!strings.Contains(machine(t, node), "10.9.0.100/24") {
			t.Error("in another namespace: ", told, machine(t, node))
		}
		if told := start(t, node, home, "-e", "print(1)"); !strings.Contains(told, "undone, of a run that was killed: add route to 0.0.0.0/0; add 10.9.0.100/24 to cli") {
			t.Error("it isn't told: ", told)
		}
	}
	looksAs(t, node, home, before)
}

// start runs the command on a node and returns what it said.
func start(t *testing.T, node *nettest.Node, home string, args ...string) string {
	t.Helper()
	cmd, said := atHome(home, args...), &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = said, said
	if err := node.Do(cmd.Run); err != nil {
		t.Error(err, said)
	}
	return said.String()
}

// looksAs wants a node as it was, and no journal.
func looksAs(t *testing.T, node *nettest.Node, home, before string) {
	t.Helper()
	waitUntil(t, func() bool { return machine(t, node) == before },
		func() string { return "before\n" + before + "after\n" + machine(t, node) })
	waitUntil(t, func() bool { left, _ := os.ReadDir(filepath.Join(home, "journal")); return len(left) == 0 },
		func() string { return "a journal is left" })
}

// TestKilledAnywhere kills runs at any moment, starts the command again and again, and finds nothing of them at the end.
func TestKilledAnywhere(t *testing.T) {
	t.Parallel()
	if !inMachine(t) {
		return
	}
	chance := rand.New(rand.NewPCG(3, 4))
	for round := range 4 {
		moments := []time.Duration{}
		for range 5 {
			moments = append(moments, time.Duration(50+chance.IntN(400))*time.Millisecond)
		}
		t.Run(strconv.Itoa(round), func(t *testing.T) {
			t.Parallel()
			node, home := lanNode(t), t.TempDir()
			before := machine(t, node)
			for _, moment := range moments {
				c := startChanging(t, node, home, end{words: "wait"})
				time.Sleep(moment) // any will do
				c.Process.Kill()
				c.Wait()
				start(t, node, home, "-e", "print(1)")
				looksAs(t, node, home, before)
			}
		})
	}
}

// waitUntil waits for what happens a little later, and is patient.
func waitUntil(t *testing.T, so func() bool, why func() string) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(why())
		}
	}
}

// machine is what ip(8) says of a node.
func machine(t *testing.T, node *nettest.Node) (text string) {
	t.Helper()
	for _, words := range []string{"-o addr", "-o link", "route", "-6 route"} {
		text += node.Output(t, "ip", strings.Fields(words)...)
	}
	return text
}

// A changing is a run of changer.
type changing struct {
	*exec.Cmd
	in     io.Writer
	out    io.Closer // its standard output, or its terminal
	lines  *bufio.Reader
	errors *bytes.Buffer
}

// atHome is the command with a home of its own.
func atHome(home string, args ...string) *exec.Cmd {
	cmd := exec.Command("moonwire", args...)
	cmd.Env = append(os.Environ(), "MOONWIRE_HOME="+home, "XDG_RUNTIME_DIR="+home)
	return cmd
}

// startChanging starts changer on a node.
func startChanging(t *testing.T, node *nettest.Node, home string, e end) *changing {
	t.Helper()
	script := filepath.Join(home, "changer.lua")
	if err := os.WriteFile(script, []byte(changer), 0o644); err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(e.words)
	flags, does := words[:len(words)-1], words[len(words)-1]
	c := &changing{Cmd: atHome(home, append(append([]string{"run"}, flags...), script, does)...), errors: &bytes.Buffer{}}
	c.Stderr = c.errors
	if err := node.Do(func() (err error) {
		if strings.Contains(e.name, "terminal") {
			tty, err := pty.Start(c.Cmd)
			c.in, c.out, c.lines = tty, tty, bufio.NewReader(tty)
			return err
		}
		in, err := c.StdinPipe()
		if err != nil {
			return err
		}
		out, err := c.StdoutPipe()
		if err != nil {
			return err
		}
		c.in, c.out, c.lines = in, out, bufio.NewReader(out)
		return c.Start()
	}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Process.Kill() })
	return c
}

// says waits for a line.
func (c *changing) says(t *testing.T, word string) {
	t.Helper()
	for {
		line, err := c.lines.ReadString('\n')
		if strings.TrimSpace(line) == word {
			return
		}
		if err != nil {
			c.Wait()
			t.Fatalf("it ended before it said %s: %v: %s", word, c.ProcessState, c.errors)
		}
	}
}

// inner is the process that --isolate has started.
func (c *changing) inner(t *testing.T) int {
	t.Helper()
	tasks, err := filepath.Glob("/proc/" + strconv.Itoa(c.Process.Pid) + "/task/*/children")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range tasks {
		b, _ := os.ReadFile(name)
		if pid, err := strconv.Atoi(strings.TrimSpace(string(b))); err == nil {
			return pid
		}
	}
	t.Fatal("there is none")
	return 0
}
