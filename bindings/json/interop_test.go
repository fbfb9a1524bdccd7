//go:build interop

package json_test

import (
	"math"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"moonwire/bindings/bytes"
	"moonwire/bindings/json"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

// TestInteropCjson compares module cjson with lua-cjson under Lua 5.1.
func TestInteropCjson(t *testing.T) {
	const file = "testdata/cjson_cases.lua"
	cases, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want, err := exec.Command("lua5.1", file).CombinedOutput()
	if err != nil {
		t.Fatalf("lua5.1: %v\n%s", err, want)
	}
	hosttest.SameLines(t, hosttest.Run(t, string(cases), json.Cjson()), string(want), wanted)
}

// wanted knows the one difference that is meant: whole numbers up to 2^53 keep all their digits.
func wanted(got, want string) bool {
	a, err := strconv.ParseFloat(strings.TrimPrefix(got, "true\t"), 64)
	b, bad := strconv.ParseFloat(strings.TrimPrefix(want, "true\t"), 64)
	return err == nil && bad == nil && a == math.Trunc(a) && math.Abs(a-b) <= math.Abs(a)*1e-13
}

// TestInteropPython lets Python make texts, good and bad ones, reads and writes them here, and lets Python judge.
func TestInteropPython(t *testing.T) {
	texts, err := exec.Command("python3", "testdata/json_peer.py", "make").Output()
	if err != nil {
		t.Fatalf("python3: %v", err)
	}
	script := `local json = require "json"
for line in (` + quoted(string(texts)) + `):gmatch "[^\n]+" do
  local v, why = json.decode((assert(bytes.unhex(line))))
  local ok, text = pcall(json.encode, v)
  if v == nil then text = "refused: " .. why elseif not ok then text = "refused: " .. text else text = bytes.hex(text) end
  print(text)
end`
	got := hosttest.Run(t, script, json.Module(), bytes.Module(), u64.Module())
	judge := exec.Command("python3", "testdata/json_peer.py", "judge")
	judge.Stdin = strings.NewReader(string(texts) + "---\n" + got)
	if out, err := judge.CombinedOutput(); err != nil {
		t.Errorf("python3: %v\n%s", err, out)
	}
}

var end = regexp.MustCompile(`\n$`)

// quoted is text as Lua source.
func quoted(text string) string { return "[==[\n" + end.ReplaceAllString(text, "") + "]==]" }
