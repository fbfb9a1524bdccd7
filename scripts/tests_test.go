package scripts_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"moonwire/host/cli"
)

// TestMain is moonwire itself in the processes that moonwire test starts.
func TestMain(m *testing.M) {
	if os.Getenv("MOONWIRE_TEST") != "" {
		os.Exit(cli.Main(os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
	}
	os.Exit(m.Run())
}

// TestTested sees that each script has a test beside it, which looks at its header's shows where the script can't be run alone.
func TestTested(t *testing.T) {
	t.Parallel()
	for _, s := range shipped(t) {
		if strings.HasPrefix(s.file, "labs/") {
			continue
		}
		test, err := os.ReadFile(s.name() + "_test.lua")
		switch {
		case err != nil:
			t.Errorf("%s has no test: %v", s.file, err)
		case !bytes.Contains(test, []byte("it(")):
			t.Errorf("%s_test.lua has no it", s.name())
		case s.header.Shows == "":
			t.Errorf("%s shows nothing", s.file)
		case s.header.Tested && !bytes.Contains(test, []byte("r.shows")):
			t.Errorf("%s_test.lua doesn't look at what the header shows", s.name())
		}
	}
}

// TestLua runs the tests, and compares what each script prints with what its header shows.
func TestLua(t *testing.T) {
	if testing.Short() {
		t.Skip("runs each script several times")
	}
	var out, problems bytes.Buffer
	code := cli.Main([]string{"test", "--reporter", "json", "--timeout", "5m"}, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &problems})
	var report struct {
		Passed, Failed, Skipped int
		Tests                   []struct {
			File, Status, Skipped string
			Line                  int
			Error                 struct{ Message string }
			Leaks                 []string
			Runs                  []struct{ Script, At, Said string }
			Output, Again         string
		}
	}
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatalf("%v\n%s%s", err, &out, &problems)
	}
	for _, one := range report.Tests {
		if one.Status == "passed" {
			continue
		}
		t.Errorf("%s:%d %s %s\n%s\n%s\n%s%s", one.File, one.Line, one.Status, one.Skipped, one.Error.Message, strings.Join(one.Leaks, "\n"), one.Output, one.Again)
		for _, r := range one.Runs {
			t.Errorf("%s, run at %s, said:\n%s", r.Script, r.At, r.Said)
		}
	}
	if code != 0 || report.Passed < 2*len(shipped(t)) {
		t.Errorf("exit code %d, %d passed of %d scripts", code, report.Passed, len(shipped(t)))
	}
}
