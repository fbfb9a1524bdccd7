//go:build interop

package cli_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// judged runs the tests that end in all ways, and returns the report.
func judged(t *testing.T, dir, reporter string) string {
	t.Helper()
	for _, name := range []string{"ends_test.lua", "forms.lua"} {
		b, err := os.ReadFile(filepath.Join("testdata/judged", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), b, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(os.Args[0], "test", "--seed", "1", "--reporter", reporter, "ends_test.lua")
	cmd.Args[0], cmd.Dir = "moonwire", dir
	out, err := cmd.Output()
	if cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("%s: %v\n%s", reporter, err, out)
	}
	return string(out)
}

// statuses are how the tests of the report in JSON ended.
func statuses(t *testing.T, report string) (list []string) {
	t.Helper()
	var r struct{ Tests []struct{ Status string } }
	if err := json.Unmarshal([]byte(report), &r); err != nil {
		t.Fatal(err)
	}
	for _, one := range r.Tests {
		list = append(list, one.Status)
	}
	return list
}

// tapReader prints what Perl's reader makes of a report: a line for each test, and its complaints.
const tapReader = `
my $p = TAP::Parser->new({tap => join "", <STDIN>});
while (my $r = $p->next) {
  if ($r->is_test) { print $r->has_skip ? "skipped" : $r->is_actual_ok ? "passed" : "failed", $r->has_todo ? " to do" : "", "\n" }
  elsif ($r->is_yaml) { my $d = $r->data; print "story\n" unless $d->{story} =~ /\S/ && $d->{again} =~ /^moonwire test --seed 1 ends_test.lua:\d+$/ && $d->{at}{line} > 0 }
  elsif ($r->is_unknown || $r->is_bailout) { print "no TAP: ", $r->as_string, "\n" }
}
print "$_\n" for $p->parse_errors;
`

// TestTAPByPerl has the report read by the Test Anything Protocol's own programs.
func TestTAPByPerl(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	report := judged(t, dir, "tap")
	cmd := exec.Command("perl", "-MTAP::Parser", "-e", tapReader)
	cmd.Stdin = strings.NewReader(report)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatal(err, string(out))
	}
	if got, want := strings.Fields(string(out)), statuses(t, judged(t, dir, "json")); !slices.Equal(got, want) {
		t.Errorf("Perl reads %q, want %q:\n%s", got, want, report)
	}
	file := filepath.Join(dir, "ends.tap")
	if err := os.WriteFile(file, []byte(report), 0o666); err != nil {
		t.Fatal(err)
	}
	out, err = exec.Command("prove", file).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "Failed tests:  2, 4, 8-9\n") || !strings.Contains(string(out), "Tests: 9 Failed: 4)") {
		t.Errorf("prove: %v\n%s", err, out)
	}
}

// TestJUnitBySchema has the report checked against the schema, and read back.
func TestJUnitBySchema(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	report := judged(t, dir, "junit")
	cmd := exec.Command("xmllint", "--noout", "--nonet", "--schema", "testdata/judged/junit.xsd", "-")
	cmd.Stdin = strings.NewReader(report)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s%s", err, out, report)
	}
	var r struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Suites   []struct {
			Skipped    int `xml:"skipped,attr"`
			Properties []struct {
				Name  string `xml:"name,attr"`
				Value string `xml:"value,attr"`
			} `xml:"properties>property"`
			Cases []struct {
				Name    string    `xml:"name,attr"`
				Failure *struct{} `xml:"failure"`
				Skipped *struct{} `xml:"skipped"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(report), &r); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range r.Suites[0].Cases {
		switch {
		case c.Failure != nil:
			got = append(got, "failed")
		case c.Skipped != nil:
			got = append(got, "skipped")
		default:
			got = append(got, "passed")
		}
		if c.Name == "" {
			t.Error("a test has no name, by which build servers tell them apart")
		}
	}
	if want := statuses(t, judged(t, dir, "json")); !slices.Equal(got, want) || r.Tests != len(want) || r.Failures != 4 || r.Suites[0].Skipped != 2 {
		t.Errorf("it says %q, %+v; want %q", got, r, want)
	}
	if p := r.Suites[0].Properties; len(p) != 1 || p[0].Name != "seed" || p[0].Value != "1" {
		t.Errorf("seed: %+v", p)
	}
}

// TestCoverageByLua compares how often lines ran with what Lua's own line hook counts.
func TestCoverageByLua(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("testdata/judged")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"forms.lua", "libraries.lua"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program, dir := filepath.Join(root, name), t.TempDir()
			source := fmt.Sprintf("it('runs', function() dofile(%q) end)", program)
			if err := os.WriteFile(filepath.Join(dir, "a_test.lua"), []byte(source), 0o666); err != nil {
				t.Fatal(err)
			}
			moonwire(t, dir, "test", "--coverage", "cov.info", "a_test.lua")
			out, err := exec.Command("lua5.1", filepath.Join(root, "hook.lua"), program).CombinedOutput()
			if err != nil {
				t.Fatal(err, string(out))
			}
			want := map[string]string{}
			for line := range strings.Lines(string(out)) {
				at, n, _ := strings.Cut(strings.TrimSpace(line), " ")
				want[at] = n
			}
			compareCounts(t, counts(t, filepath.Join(dir, "cov.info")), want)
		})
	}
}

// counts are those of lcov's form, by FILE:LINE, of lines that ran.
func counts(t *testing.T, file string) map[string]string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	list, name := map[string]string{}, ""
	for lines := bufio.NewScanner(bytes.NewReader(b)); lines.Scan(); {
		key, value, _ := strings.Cut(lines.Text(), ":")
		switch key {
		case "SF":
			name = value
		case "DA":
			if line, n, _ := strings.Cut(value, ","); n != "0" {
				list[name+":"+line] = n
			}
		}
	}
	return list
}

// compareCounts wants equal ones, but for a jump: at the end of a loop whose last statement is a block, Lua counts the
// "end" of that block, at which nothing happens.
func compareCounts(t *testing.T, got, want map[string]string) {
	t.Helper()
	for _, at := range slices.Sorted(maps.Keys(got)) {
		if want[at] != got[at] {
			t.Errorf("%s ran %s times, by Lua %s", at, got[at], want[at])
		}
	}
	for _, at := range slices.Sorted(maps.Keys(want)) {
		if text := lineAt(t, at); got[at] == "" && text != "end" && !strings.HasSuffix(at[:strings.LastIndexByte(at, ':')], "hook.lua") {
			t.Errorf("%s (%s) ran %s times by Lua, and isn't counted", at, text, want[at])
		}
	}
	if len(got) < 20 {
		t.Errorf("only %d lines", len(got))
	}
}

// lineAt is a line of a file.
func lineAt(t *testing.T, at string) string {
	t.Helper()
	file, line, n := at[:strings.LastIndexByte(at, ':')], at[strings.LastIndexByte(at, ':')+1:], 0
	fmt.Sscan(line, &n)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(strings.Split(string(b), "\n")[n-1])
}
