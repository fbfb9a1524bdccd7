package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"moonwire/host"
	"moonwire/host/script"
	"moonwire/host/vm"
)

// testTimeout ends a test file that hangs, unless --timeout says otherwise.
const testTimeout = time.Minute

// notInTests are flags of the host that tests have no use for.
var notInTests = []string{"--isolate", "--trace"}

var testCommand = &Command{
	Usage: "test [PATH...] [flags]",
	Short: "run the tests: files named *_test.lua",
	Long: `
PATH is a test file or a folder, whose *_test.lua files run in the order of their names; without one it is the current
folder. Each file runs in a process of its own, one on each processor at a time, and passes when it ends without an
error: assert is all it needs, and require "expect" explains differences. What it prints is shown when it fails. Sockets that it left open are named with
the line that made them.

Next to NAME.lua, require "NAME" in NAME_test.lua runs that script, which then finds its arguments' defaults in
require "script".args().

Time is simulated (moonwire help time), so that a test of a long timeout is short and a lab the same each time. A test
of the real network says so in its header or its script's ("-- needs: net 127.0.0.1", or raw, or run PROGRAM); --here,
--netns and --iface say it for all tests.

The exit code is 1 when a file failed and 3 when there was none. A file may take a minute unless --timeout says more.`,
	Flags: func() flags { return new(options).flags().without(notInTests...) },
	Run: func(args []string, s Streams) error {
		t := &testing{options: options{timeout: testTimeout}, streams: s}
		words, paths, err := t.flags().without(notInTests...).part(args)
		if err != nil {
			return err
		}
		t.words = words
		return t.run(paths)
	},
}

// testing is one call of test.
type testing struct {
	options
	streams Streams
	words   []string // the flags, for processes that run a file
	failed  int
}

func (t *testing) run(paths []string) error {
	files, err := testFiles(paths)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		fmt.Fprintln(t.streams.Err, "moonwire: no *_test.lua here")
		return exit(exitNothing)
	}
	ctx, cancel := withSignals(t.streams)
	defer cancel(nil)
	inner := os.Getenv(testMark) != ""
	if len(files) == 1 || inner {
		err = t.file(ctx, files[0])
	} else {
		err = t.inChildren(ctx, files)
	}
	if err != nil {
		return err
	}
	if t.failed > 0 && inner {
		return exit(exitFailed)
	}
	if t.failed > 0 {
		fmt.Fprintf(t.streams.Out, "%d of %d failed\n", t.failed, len(files))
		return exit(exitFailed)
	}
	return nil
}

// testFiles are the tests under the paths, each one once.
func testFiles(paths []string) ([]string, error) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	var files []string
	for _, p := range paths {
		found, err := testsUnder(p)
		if err != nil {
			return nil, err
		}
		files = append(files, found...)
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(files, func(f string) bool {
		again := seen[f]
		seen[f] = true
		return again
	}), nil
}

// testsUnder is path itself, or the tests of a folder and the folders in it, those with a dot aside.
func testsUnder(path string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != path && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		case !d.IsDir() && (file == path || strings.HasSuffix(file, "_test.lua")):
			files = append(files, file)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usagef("no file or folder '%s'", path)
	}
	return files, err
}

// file runs one test and tells how it ended. Its error is a reason to run no more.
func (t *testing) file(ctx context.Context, file string) error {
	src, err := readFile(file)
	if err != nil {
		return err
	}
	var printed, left bytes.Buffer
	start := time.Now()
	err = t.play(ctx, src, &printed, &left)
	var ended *ending
	if errors.As(context.Cause(ctx), &ended) {
		return exit(ended.code)
	}
	took := time.Since(start).Seconds()
	if err == nil {
		fmt.Fprintf(t.streams.Out, "ok    %s  %.2fs\n%s", file, took, &left)
		return nil
	}
	t.failed++
	fmt.Fprintf(t.streams.Out, "FAIL  %s  %.2fs\n%s%s\n%s", file, took, &printed, strings.TrimSpace(story(err)), &left)
	return nil
}

// play runs one test in a state of its own. left gets a line for each handle that it forgot to close.
func (t *testing) play(ctx context.Context, src source, printed, left *bytes.Buffer) error {
	o := t.options
	about := subject(src.name)
	o.virtual = o.virtual || !o.real(src.header, about)
	p, err := o.place(src, nil)
	if err != nil {
		return err
	}
	defer p.close()
	h := o.hosted(p, Streams{In: strings.NewReader(""), Out: printed, Err: printed}, func(string) {})
	h.Lab.OnOpen = nil
	h.OnLeak = func(l vm.Leak) { fmt.Fprintf(left, "      left open: %s\n", l) }
	return host.New(h).Run(ctx, host.Script{Name: src.name, Source: src.code, Dir: src.dir, Args: about.Defaults()})
}

// real says whether a test lives in real time: when the flags or one of the headers say so.
func (o *options) real(headers ...*script.Header) bool {
	if o.here || o.netns != "" || o.iface != "" {
		return true
	}
	for _, h := range headers {
		if o.lab == "" && h.Lab == "" && slices.ContainsFunc(h.Needs, func(n script.Need) bool { return slices.Contains(realNeeds, n.What) }) {
			return true
		}
	}
	return false
}

// realNeeds are the needs that simulated time can't serve outside a lab.
var realNeeds = []string{"net", "listen", "raw", "run"}

// subject is the header of the script that a test belongs to; an empty one when there is none.
func subject(file string) *script.Header {
	code, err := os.ReadFile(strings.TrimSuffix(file, "_test.lua") + ".lua")
	if err == nil {
		if h, err := script.Parse(file, string(code)); err == nil {
			return h
		}
	}
	return &script.Header{}
}

// story is all that is known of an error.
func story(err error) string {
	var raised *vm.Error
	if errors.As(err, &raised) {
		return raised.Report()
	}
	return err.Error()
}
