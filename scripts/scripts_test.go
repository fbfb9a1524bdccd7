package scripts_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io/fs"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"moonwire/host"
	"moonwire/host/decl"
	"moonwire/host/hosttest"
	"moonwire/host/network"
	"moonwire/host/permit"
	"moonwire/host/result"
	"moonwire/host/script"
	"moonwire/host/vm"
	"moonwire/scripts"
)

// tries is how often a script may miss its header's output: experiments are about time, and a busy machine is late.
const tries = 3

// TestShows runs every tutorial script that has no lab and compares what it prints with what its header says.
func TestShows(t *testing.T) {
	for _, s := range shipped(t) {
		if !s.inLab() && strings.HasPrefix(s.file, "tutorial/") {
			t.Run(s.name(), func(t *testing.T) { s.shows(t, host.Options{}) })
		}
	}
}

// A shippedScript is one that comes with moonwire.
type shippedScript struct {
	file, source string
	header       *script.Header
}

func (s shippedScript) name() string { return strings.TrimSuffix(s.file, ".lua") }

// shipped are all scripts.
func shipped(t *testing.T) (all []shippedScript) {
	t.Helper()
	files, err := fs.Glob(scripts.FS, "*/*.lua")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		source, err := fs.ReadFile(scripts.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		h, err := script.Parse(file, string(source))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, shippedScript{file, string(source), h})
	}
	return all
}

// shows runs the script somewhere and compares.
func (s shippedScript) shows(t *testing.T, where host.Options) {
	t.Helper()
	if s.header.Shows == "" {
		t.Fatal("the header has no shows")
	}
	want := script.Masked(s.header.Shows)
	for try := 1; ; try++ {
		got := s.run(t, where, s.header.Defaults())
		masked := script.Masked(strings.TrimRight(got, "\n"))
		if masked == want {
			return
		}
		if try == tries {
			t.Fatalf("%s\nprinted:\n%s", difference(masked, want), got)
		}
	}
}

// run runs the script with these arguments, files written into a directory of the test's, and returns what it printed.
func (s shippedScript) run(t *testing.T, where host.Options, args map[string]any) string {
	t.Helper()
	for _, a := range s.header.Args {
		if a.Type.Name == "file" && args[a.Name] == a.Default {
			args[a.Name] = filepath.Join(t.TempDir(), a.Default)
		}
	}
	var out, problems bytes.Buffer
	where.Stdin, where.Stdout, where.Stderr = strings.NewReader(""), &out, &problems
	where.Limits, where.Permissions = vm.Limits{Timeout: hosttest.Timeout}, s.exactly(t, where, args)
	var returned any
	where.OnResult = func(v any) error {
		s.checkResult(t, v)
		returned = v
		return nil
	}
	err := host.New(where).Run(context.Background(), host.Script{Name: s.file, Source: s.source, Args: args})
	if err != nil {
		t.Fatalf("%v\nprinted:\n%s%s", err, out.String(), problems.String())
	}
	s.checkFacts(t, returned, out.String())
	return out.String()
}

// exactly is the policy of a stranger: what the script's header declares for these arguments, and no more.
func (s shippedScript) exactly(t *testing.T, where host.Options, args map[string]any) *permit.Policy {
	t.Helper()
	grants, err := s.header.GrantsIn(context.Background(), cmp.Or(where.Network, network.Kernel()), where.Iface, args)
	if err != nil {
		t.Fatal(err)
	}
	return &permit.Policy{Allow: grants}
}

// difference names the first line that isn't as it should be.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		line := func(list []string) string {
			if i < len(list) {
				return list[i]
			}
			return "(the end)"
		}
		if line(g) != line(w) {
			return "masked line " + line(g) + "\n     should be " + line(w)
		}
	}
	return ""
}

// checkResult holds what a recipe returns to what its header says of it: the same fields, in JSON and in CSV.
func (s shippedScript) checkResult(t *testing.T, v any) {
	t.Helper()
	says := s.header.Returns
	if !strings.HasPrefix(s.file, "recipes/") {
		return
	}
	if _, list := v.(result.List); says.Type == "" || list != (says.Type == "list") {
		t.Errorf("%s returns a %T, and its header says %q", s.file, v, says.Type)
	}
	columns := s.header.Columns()
	out, notes := result.CSV(v, columns)
	if head, _, _ := strings.Cut(string(out), "\n"); head != strings.Join(columns, ",") && !s.mayReturnMore() {
		t.Errorf("%s returns %s, and its header says %s", s.file, head, strings.Join(columns, ","))
	}
	text, more := result.JSON(v)
	if !json.Valid(text) || len(notes)+len(more) > 0 {
		t.Errorf("%s: %s%s%s", s.file, text, notes, more)
	}
}

// unprinted are fields that people don't need, or see in another unit or other words.
var unprinted = map[string]string{
	"recipes/dhcp6_pd.lua": "network", "recipes/dns_lookup.lua": "section", "recipes/if_traffic.lua": "received sent", "recipes/pcap_summary.lua": "kind",
	"recipes/snmp_diff.lua": "side oid type", "recipes/snmp_record.lua": "oid name type text line",
}

// checkFacts wants that a recipe prints what it returns: its texts word for word, and its whole numbers.
func (s shippedScript) checkFacts(t *testing.T, v any, printed string) {
	t.Helper()
	if !strings.HasPrefix(s.file, "recipes/") {
		return
	}
	text := ""
	switch v := v.(type) {
	case result.List:
		for _, item := range v {
			s.checkFacts(t, item, printed)
		}
	case result.Record:
		for _, f := range v {
			if !slices.Contains(strings.Fields(unprinted[s.file]), f.Name) {
				s.checkFacts(t, f.Value, printed)
			}
		}
	case string:
		text = v
	case float64:
		if v == math.Trunc(v) {
			text = decl.FormatNumber(v)
		}
	}
	if !strings.Contains(printed, text) {
		t.Errorf("%s returns %s, and doesn't print it", s.file, text)
	}
}

// mayReturnMore says that the fields depend on what is there: a table's columns, figures of a load.
func (s shippedScript) mayReturnMore() bool {
	return s.file == "recipes/snmp_table.lua" || s.file == "recipes/dhcp_load.lua"
}
