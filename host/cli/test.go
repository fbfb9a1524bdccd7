package cli

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"time"

	"moonwire/host/test"
)

// testTimeout ends a test that hangs, unless --timeout says otherwise.
const testTimeout = time.Minute

// testMemory is what one test may use, unless --max-memory says otherwise.
const testMemory = 1 << 30

// notInTests are flags of the host that tests have no use for.
var notInTests = []string{"--isolate", "--trace", "--seed"}

var testCommand = &Command{
	Usage: "test [PATH...] [flags]",
	Short: "run the tests: files named *_test.lua",
	Long: `
PATH is a test file, FILE:LINE for the test or group there, or a folder, whose *_test.lua files run in the order of their
names; without one it is the current folder. A test file declares tests:

  describe("framing", function()
    it("cuts at newlines", function()
      expect(cut("a\nb")):to_equal{"a", "b"}
    end)
  end)

Each test runs in a state of its own, which loads the file again and runs that test alone: describe's body and
before_each make what it needs. moonwire doc test and moonwire doc expect say what there is. A file that declares none is
one test, and passes when it ends without an error.

A test fails by an error, and by what it leaves behind: sockets, links, leases and labs that are still open, and tasks that
still run, are named with the line that made them. What it printed is shown when it fails. A test that hangs, that asks for
too much memory or that ends its process is named, and the others go on.

Time is simulated (moonwire help time), so that a test of a long timeout is short and a lab the same each time; a seed is
chosen, and told when a test fails. NAME_test.lua runs in the lab that its header names, or else the header of NAME.lua
beside it. There require "NAME" runs that script with its arguments' defaults, and test.run(NAME, {...}) runs it as
moonwire run does. A test of the real network says so in its header or its script's ("-- needs: net 127.0.0.1", or raw, or
run PROGRAM); --here, --netns and --iface say it for all tests.

A script with "shows" in its header is a test, too: it runs with its defaults, in simulated time where its header names a lab,
and must print what the header shows. "shows: with ARGS" says with which arguments instead (moonwire help header). Chance
starts from 1 there, as moonwire run --seed 1 does.

The exit code is 1 when a test failed and 3 when there was none.`,
	Flags: func() flags { return new(testing).flags() },
	Run: func(args []string, s Streams) error {
		t := &testing{options: options{timeout: testTimeout, memory: testMemory}, streams: s}
		words, paths, err := t.flags().part(args)
		if err != nil {
			return err
		}
		t.words, t.paths = words, paths
		if seed, err := strconv.ParseInt(os.Getenv(testMark), 10, 64); err == nil {
			t.seed = seed
			return t.serve()
		}
		return t.run()
	},
}

// testMark is the variable by which a process knows that it is to do the jobs of another one's test, with its seed.
const testMark = "MOONWIRE_TEST"

// testing is one call of test.
type testing struct {
	options
	streams  Streams
	words    []string // the flags, for processes that run tests
	paths    []string
	filter   test.Filter
	reporter string
	report   string // the file for it; "": standard output
	failFast bool
	watching bool
	cover    string // file for the counts
	parallel int64
}

// flags are the host's, and those of tests.
func (t *testing) flags() flags {
	return append(flags{
		{"--filter", "TEXT", "run only tests with TEXT in their names, or that /PATTERN/ matches", t.filter.Named},
		{"--reporter", "NAME", "tell results as text, dot, tap, junit or json; NAME=FILE writes them to a file beside the text", t.setReporter},
		{"--fail-fast", "", "run no further tests after the first that fails", on(&t.failFast)},
		{"--watch", "", "run the tests again whose files, or files that they use, have changed", on(&t.watching)},
		{"--coverage", "FILE", "write which lines ran into FILE (lcov), and with marks into FILE.txt", text(&t.cover)},
		{"--seed", "N", "let all chance start from N: as the failure of a test says, to repeat it", t.setSeed},
		{"--jobs", "N", "run so many tests at a time; else one for each processor", number(&t.parallel)},
	}, t.options.flags().without(notInTests...)...)
}

func (t *testing) setReporter(v string) error {
	name, file, _ := strings.Cut(v, "=")
	if test.Reporters[name] == nil {
		return fmt.Errorf("'%s' is none of text, dot, tap, junit and json", name)
	}
	t.reporter, t.report = name, file
	return nil
}

// run runs the tests once, or each time that something changes.
func (t *testing) run() error {
	if t.seed == 0 {
		t.seed = rand.Int64N(1e9) + 1
	}
	undoLeft(t.streams.Err)
	ctx, cancel := withSignals(t.streams)
	defer cancel(nil)
	out := newOutput(t.streams.Out, cancel)
	t.streams.Out = out
	code, err := exitDone, error(nil)
	if t.watching {
		err = t.watch(ctx)
	} else if files, e := t.files(); e != nil {
		err = e
	} else {
		code, err = t.once(ctx, files, func(*test.Test) {})
	}
	var ended *ending
	switch {
	case errors.As(context.Cause(ctx), &ended):
		return exit(ended.code)
	case err != nil:
		return err
	case code != exitDone:
		return exit(code)
	}
	return out.err(nil)
}

// once runs the tests of files and gives the exit code. note is told of each one.
func (t *testing) once(ctx context.Context, files []string, note func(*test.Test)) (code int, err error) {
	if len(files) == 0 {
		fmt.Fprintln(t.streams.Err, "moonwire: no *_test.lua here, and no script with shows in its header")
		return exitNothing, nil
	}
	out, err := t.open()
	if err != nil {
		return 0, err
	}
	start := time.Now()
	sum := test.Summary{Seed: t.seed}
	coverage := test.Coverage{}
	err = t.suite(files).Run(ctx, func(one *test.Test) {
		one.Again = t.again(one)
		sum.Add(one)
		note(one)
		coverage.Add(one.Lines)
		out.Test(one)
	})
	if err != nil {
		return 0, err
	}
	sum.Took = time.Since(start)
	if err := out.End(&sum); err != nil {
		return 0, err
	}
	if err := t.covered(coverage); err != nil {
		return 0, err
	}
	switch {
	case sum.Failed > 0:
		return exitFailed, nil
	case sum.Total() == 0:
		fmt.Fprintln(t.streams.Err, "moonwire: no test fits")
		return exitNothing, nil
	}
	return exitDone, nil
}

// suite is what is to be run.
func (t *testing) suite(files []string) *test.Suite {
	parallel := int(t.parallel)
	if parallel == 0 {
		parallel = runtime.NumCPU()
	}
	return &test.Suite{Files: files, Start: t.process, Parallel: parallel, Timeout: t.timeout, FailFast: t.failFast,
		Cover: t.cover != "", Filter: t.filter}
}

// again is the command that runs a test again.
func (t *testing) again(one *test.Test) string {
	place := one.File
	if one.Line > 0 {
		place += ":" + strconv.Itoa(one.Line)
	}
	return fmt.Sprintf("moonwire test --seed %d %s", t.seed, place)
}

// process makes a process that does jobs.
func (t *testing) process() *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	cmd := exec.Command(self, append([]string{"test"}, t.words...)...)
	cmd.Args[0] = os.Args[0]
	cmd.Env = append(os.Environ(), testMark+"="+strconv.FormatInt(t.seed, 10))
	return cmd
}

// serve does jobs for another process. What a test writes past the runtime goes to the standard error output.
func (t *testing) serve() error {
	ctx, cancel := withSignals(Streams{In: t.streams.In, Out: os.Stderr, Err: os.Stderr})
	defer cancel(nil)
	return test.Serve(ctx, t, t.streams.In, t.streams.Out)
}
