package cli_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"moonwire/host/cli"
	"moonwire/host/tool"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	if payload, err := tool.Self(); payload != nil || err != nil { // what moonwire build has made of this very file
		os.Exit(cli.Main(os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
	}
	testscript.Main(hearing{m}, map[string]func(){
		"moonwire": func() {
			os.Exit(cli.Main(os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
		},
	})
}

// hearing are tests that start programs, which would ignore SIGHUP if this process did, as it does under nohup.
type hearing struct{ *testing.M }

func (h hearing) Run() int {
	if hangup := signalNamed["HUP"]; signal.Ignored(hangup) {
		signal.Notify(make(chan os.Signal, 1), hangup)
	}
	return h.M.Run()
}

// Each file of testdata/script holds one promise of the command. MOONWIRE_UPDATE=1 writes expected output anew.
//
// Beside testscript's own commands there are
//
//	code N PROGRAM ARGS                runs a program that must end with exit code N
//	signals NAMES N PROGRAM ARGS       runs a program, waits until it has made the file "ready", sends it the signals
//	                                   (INT,TERM), half a second apart, and wants exit code N; its output is then in
//	                                   the files "out" and "err"
//	namespace                          makes a network namespace, whose path is then in NETNS (Linux, root)
//	killed PROGRAM ARGS                runs a program, and kills it when it has made the file "ready"
//	cut FILE COPY N                    copies a file's first N bytes
//	alter RECORD COPY                  copies a record with one other byte among its events
//	shorten FILE                       takes the last bytes of a file away
//	unread N PROGRAM ARGS              runs a program, reads one line from it and no more, and wants exit code N
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Files:         promises(t),
		UpdateScripts: os.Getenv("MOONWIRE_UPDATE") != "",
		Condition:     condition,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code":    code,
			"signals": signals,
			"unread":  unread,

			"namespace": namespace,

			"killed":  killed,
			"cut":     cut,
			"alter":   alter,
			"shorten": shorten,
		},
	})
}

// promises are the files of testdata/script; with -short each fourth one, since most of their code is the same.
func promises(t *testing.T) []string {
	files, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	if !testing.Short() {
		return files
	}
	var some []string
	for i := 0; i < len(files); i += 4 {
		some = append(some, files[i])
	}
	return some
}

// condition knows [namespaces]: this process may make network namespaces and enter them.
func condition(name string) (bool, error) {
	if name == "namespaces" {
		return namespaces(), nil
	}
	return false, fmt.Errorf("unknown condition %s", name)
}

func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N PROGRAM ARGS")
	}
	check(ts, args[0], ts.Exec(args[1], args[2:]...))
}

// check compares a program's end with the exit code that was wanted.
func check(ts *testscript.TestScript, want string, err error) {
	got := 0
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		got = failed.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(got) != want {
		ts.Fatalf("exit code %d, want %s", got, want)
	}
}

func signals(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: signals NAMES N PROGRAM ARGS")
	}
	var stdout, stderr bytes.Buffer
	cmd := command(ts, args[2:])
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_, err := cmd.StdinPipe() // that nobody writes to
	ts.Check(err)
	ts.Check(cmd.Start())
	waitFor(ts, ts.MkAbs("ready"))
	for i, name := range strings.Split(args[0], ",") {
		if i > 0 {
			waitFor(ts, ts.MkAbs("next")) // the one before is heard
			ts.Check(os.Remove(ts.MkAbs("next")))
		}
		ts.Check(cmd.Process.Signal(signalNamed[name]))
	}
	err = cmd.Wait()
	ts.Check(os.Remove(ts.MkAbs("ready")))
	ts.Check(os.WriteFile(ts.MkAbs("out"), stdout.Bytes(), 0o666))
	ts.Check(os.WriteFile(ts.MkAbs("err"), stderr.Bytes(), 0o666))
	ts.Logf("%s%s", &stdout, &stderr)
	check(ts, args[1], err)
}

func unread(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: unread N PROGRAM ARGS")
	}
	var stderr bytes.Buffer
	cmd := command(ts, args[1:])
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	_, err = stdout.Read(make([]byte, 1))
	ts.Check(err)
	ts.Check(stdout.Close())
	err = cmd.Wait()
	ts.Check(os.WriteFile(ts.MkAbs("err"), stderr.Bytes(), 0o666))
	ts.Logf("%s", &stderr)
	check(ts, args[0], err)
}

// command is a program to be run in the script's folder.
func command(ts *testscript.TestScript, args []string) *exec.Cmd {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = ts.MkAbs(".")
	return cmd
}

// waitFor waits until a file is there.
func waitFor(ts *testscript.TestScript, file string) {
	for range 6000 {
		if _, err := os.Stat(file); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s did not come", file)
}

func shorten(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: shorten FILE")
	}
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), info.Size()-10))
}
