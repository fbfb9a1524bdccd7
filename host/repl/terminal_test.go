//go:build unix

package repl_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"moonwire/host"
	"moonwire/host/repl"
)

// child is the environment variable that makes the test binary a session; its value is the history file.
const child = "MOONWIRE_TEST_REPL"

func TestMain(m *testing.M) {
	file, ok := os.LookupEnv(child)
	if !ok {
		os.Exit(m.Run())
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	err := repl.Run(ctx, repl.Options{Library: library(), Welcome: func() string { return "hello\n" }, History: file, Host: host.Options{}})
	if err != nil {
		os.Exit(1)
	}
}

// screen is a session in a terminal of its own.
type screen struct {
	t    *testing.T
	tty  *os.File
	cmd  *exec.Cmd
	mu   sync.Mutex
	more sync.Cond
	text string // all that was written, without escape sequences
	read int    // how much of it await has passed
	end  error
}

var escape = regexp.MustCompile("\x1b\\[[0-9;?]*[A-Za-z]")

func start(t *testing.T, history string) *screen {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), child+"="+history, "TERM=xterm")
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: 100})
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{t: t, tty: tty, cmd: cmd}
	s.more.L = &s.mu
	go s.listen()
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		tty.Close()
	})
	s.await("hello")
	s.await(prompt)
	return s
}

// listen collects what the session writes, until its terminal is gone.
func (s *screen) listen() {
	var raw bytes.Buffer
	b := make([]byte, 4096)
	for {
		n, err := s.tty.Read(b)
		raw.Write(b[:n])
		s.mu.Lock()
		s.text = escape.ReplaceAllString(raw.String(), "")
		s.end = err
		s.more.Broadcast()
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// await waits until text is written, and returns what came before it since the last await.
func (s *screen) await(text string) string {
	s.t.Helper()
	expired := false
	defer time.AfterFunc(20*time.Second, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		expired = true
		s.more.Broadcast()
	}).Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		if i := strings.Index(s.text[s.read:], text); i >= 0 {
			before := s.text[s.read : s.read+i]
			s.read += i + len(text)
			return before
		}
		if s.end != nil || expired {
			s.t.Fatalf("no %q in %q, after %q", text, s.text[s.read:], s.text[max(0, s.read-300):s.read])
		}
		s.more.Wait()
	}
}

func (s *screen) keys(text string) {
	s.t.Helper()
	if _, err := io.WriteString(s.tty, text); err != nil {
		s.t.Fatal(err)
	}
}

// enter types a line and waits for a text that only its result has.
func (s *screen) enter(line, result string) {
	s.t.Helper()
	s.keys(line + "\r")
	s.await(result)
	s.await(prompt)
}

// prompt is a new one: the same without the line end is the old one, drawn again for a key.
const prompt = "\n\r> "

const (
	ctrlC = "\x03"
	ctrlD = "\x04"
	up    = "\x1b[A"
	tab   = "\t"
)

// quit ends the session by Ctrl-D and checks that this is no failure.
func (s *screen) quit() {
	s.t.Helper()
	s.keys(ctrlD)
	if err := s.cmd.Wait(); err != nil {
		s.t.Fatal(err)
	}
}

func TestLine(t *testing.T) {
	t.Parallel()
	s := start(t, "")
	s.enter(`"a" .. "b"`, `"ab"`)
	s.enter(`local x = {1, y = "z"}`, "")
	s.enter(`x`, `{1, y = "z"}`)
	s.enter(`nosuch.field`, "attempt to index")
	s.enter(`"still" .. " here"`, `"still here"`)
	s.quit()
}

func TestSeveralLines(t *testing.T) {
	t.Parallel()
	s := start(t, "")
	s.keys("for i = 1, 2 do\r")
	s.await(">> ")
	s.keys("print('round' .. i)\r")
	s.await(">> ")
	s.enter("end", "round2")
	s.keys("f = function(\r")
	s.await(">> ")
	s.keys(ctrlC)
	s.await("^C")
	s.enter(`"out" .. " again"`, `"out again"`)
}

func TestInterruptRunningLine(t *testing.T) {
	t.Parallel()
	s := start(t, "")
	for _, loop := range []string{"while true do end", "task.sleep(1000)", "while true do pcall(task.sleep, 1000) end"} {
		s.keys(`print("be" .. "gun") ` + loop + "\r")
		s.await("begun")
		s.keys(ctrlC)
		s.await("interrupted")
		s.await(prompt)
		s.enter(`"go" .. " on"`, `"go on"`)
	}
}

func TestInterruptSparesOtherTasks(t *testing.T) {
	t.Parallel()
	s := start(t, "")
	s.enter(`c = task.channel(); task.spawn(function() print("got" .. c:recv()) end)`, "")
	s.keys(`print("be" .. "gun") task.sleep(1000)` + "\r")
	s.await("begun")
	s.keys(ctrlC)
	s.await("interrupted")
	s.await(prompt)
	s.enter(`c:send("it")`, "gotit")
}

func TestInterruptTyping(t *testing.T) {
	t.Parallel()
	s := start(t, "")
	s.keys("error('never run'")
	s.await("never run'")
	s.keys(ctrlC)
	s.await("^C")
	s.await(prompt)
	s.enter(`"clear" .. "ed"`, `"cleared"`)
}

// A task writes while a line is typed: its output stands above the prompt, and the line is still there.
func TestOutputWhileTyping(t *testing.T) {
	t.Parallel()
	s := start(t, "")
	s.enter(`c = task.channel(1); task.spawn(function() for x in c:iter() do io.write("half ") io.write(x, "\n") end end)`, "")
	s.keys(`task.spawn(function() task.sleep(0.3) c:send("line") end)` + "\r")
	s.await(prompt)
	s.keys(`"what i" .. " ty`)
	s.await("half line\r\n")
	if redrawn := s.await(`" ty`); !strings.Contains(redrawn, `> "what i" ..`) {
		t.Errorf("the prompt was not drawn again below the output: %q", redrawn)
	}
	s.enter(`pe"`, `"what i type"`)
}

func TestErrorInTheBackground(t *testing.T) {
	t.Parallel()
	s := start(t, "")
	s.keys(`task.spawn(function() task.sleep(0.1) error("behind " .. "the back") end)` + "\r")
	s.await("behind the back")
	s.await("stack traceback:")
	s.enter(`"go" .. " on"`, `"go on"`)
}

func TestHistory(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "state", "moonwire", "history")
	s := start(t, file)
	s.enter(`"first" .. "line"`, `"firstline"`)
	s.quit()
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("history file: %v, %v", info.Mode(), err)
	}
	if info, err := os.Stat(filepath.Dir(file)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("history folder: %v, %v", info.Mode(), err)
	}
	s = start(t, file)
	s.keys(up)
	s.await(`"line"`)
	s.enter("", `"firstline"`)
}

func TestCompletion(t *testing.T) {
	t.Parallel()
	s := start(t, "")
	s.enter("local some_table = {inner = {deep_field = 'deep' .. 'est'}}", "")
	s.keys("some_t" + tab + ".in" + tab + ".de" + tab + "\r")
	s.await(`"deepest"`)
	s.enter(`u = socket.udp()`, "")
	s.keys("u:getfam" + tab + "()\r")
	s.await(`"inet4"`)
	s.keys(`socket.getaddrinfo("x", nil, {fam` + tab)
	s.await("family = ")
	s.keys(ctrlC)
	s.keys(":qu" + tab + "\r")
	if err := s.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
}

func TestExitStatus(t *testing.T) {
	t.Parallel()
	s := start(t, "")
	s.keys("os.exit(1)\r")
	var status *exec.ExitError
	if err := s.cmd.Wait(); !errors.As(err, &status) || status.ExitCode() != 1 {
		t.Errorf("got %v, want status 1", err)
	}
}

// A task that never waits does not lock the prompt.
func TestPromptBesideABusyTask(t *testing.T) {
	t.Parallel()
	s := start(t, "")
	s.enter("busy = task.spawn(function() while true do end end)", "")
	s.enter(`"still" .. " answers"`, `"still answers"`)
	s.enter(`busy:cancel()`, "")
	s.enter(`pcall(busy.join, busy)`, "") // it ends when it comes to itself
	s.enter(`busy:status()`, `"cancelled"`)
}

// A session that is told to end runs no half line.
func TestTerminated(t *testing.T) {
	t.Parallel()
	s := start(t, "")
	s.keys(`print("never " .. "run")`)
	s.await(`"run")`)
	s.cmd.Process.Signal(syscall.SIGTERM)
	var status *exec.ExitError
	if err := s.cmd.Wait(); !errors.As(err, &status) || status.ExitCode() != 1 {
		t.Errorf("got %v, want status 1", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if strings.Contains(s.text, "never run") {
		t.Errorf("the half line was run: %q", s.text)
	}
}
