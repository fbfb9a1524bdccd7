package scripts_test

import (
	"bytes"
	"context"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host"
	"moonwire/host/script"
)

// seed is that of simulated runs: with it they are the same each time.
const seed = 1

// simulate runs the script in simulated time, in the lab that its header names.
func (s shippedScript) simulate(t *testing.T, args map[string]any) string {
	t.Helper()
	for _, a := range s.header.Args {
		if a.Type.Name == "file" && args[a.Name] == a.Default {
			args[a.Name] = filepath.Join(t.TempDir(), a.Default)
		}
	}
	lab, on, _ := strings.Cut(s.header.Lab, " on ")
	var out, problems bytes.Buffer
	var returned any
	err := host.New(host.Options{
		Permissions: s.exactly(t, host.Options{}, args),
		OnResult: func(v any) error {
			s.checkResult(t, v)
			returned = v
			return nil
		},

		Stdin:  strings.NewReader(""),
		Stdout: &out,
		Stderr: &problems,
		Lab:    host.Lab{Name: lab, On: on},
		Seed:   seed,

		Simulated: true,
	}).Run(context.Background(), host.Script{Name: s.file, Source: s.source, Args: args})
	if err != nil {
		t.Fatalf("%v\nprinted:\n%s%s", err, out.String(), problems.String())
	}
	s.checkFacts(t, returned, out.String())
	return out.String()
}

// inLab says whether a script's experiment takes place in a lab: the one its header names, or one that it makes.
func (s shippedScript) inLab() bool {
	return s.header.Lab != "" && strings.HasPrefix(s.file, "tutorial/") || strings.Contains(s.source, `require "lab"`)
}

// TestShowsInSimulatedTime runs scripts in their labs and compares what they print with what their headers say. Nothing there
// depends on how busy this machine is, so one try is enough.
func TestShowsInSimulatedTime(t *testing.T) {
	for _, s := range shipped(t) {
		if !s.inLab() {
			continue
		}
		t.Run(s.name(), func(t *testing.T) { s.showsSimulated(t, nil) })
	}
}

// TestRecipesInSimulatedTime runs recipes with these arguments in the labs that their headers name.
func TestRecipesInSimulatedTime(t *testing.T) {
	for name, args := range map[string]map[string]any{
		"dhcp_discover_all": nil,
		"dhcp_load":         nil,
		"dhcp_relay_test":   nil,
		"v3_doctor":         nil,
		"if_traffic":        {"busy": 20.0},
		"dhcp_rogue":        {"allow": []any{"10.0.1.1"}, "listen": 1.0},
		"snmp_diff":         nil,
		"snmp_record":       nil,
		"snmp_scan":         nil,
		"snmp_table":        nil,
		"snmp_walk":         nil,
		"trap_console":      {"try": true, "seconds": 5.0},
	} {
		t.Run(name, func(t *testing.T) { recipe(t, name).showsSimulated(t, args) })
	}
}

// showsSimulated compares what a script prints with what its header says, and with what it prints another time.
func (s shippedScript) showsSimulated(t *testing.T, args map[string]any) {
	t.Helper()
	all := s.header.Defaults()
	maps.Copy(all, args)
	got := s.simulate(t, all)
	masked := script.Masked(strings.TrimRight(got, "\n"))
	if want := script.Masked(s.header.Shows); masked != want {
		t.Errorf("%s\nprinted:\n%s", difference(masked, want), got)
	}
	if testing.Short() {
		return
	}
	if again := s.simulate(t, all); again != got {
		t.Errorf("another run is different: %s", difference(again, got))
	}
}
