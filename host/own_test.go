package host_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"moonwire/host"
)

const readsData = `
local script = require "script"
local f = assert(script.open("data/ports.csv"))
print(io.type(f), f:read("*l"), f:seek("set", 2), f:read(3), f:read("*n"))
print(f:write("x"))
f:close()
print(#assert(script.read("./data/ports.csv")))
for _, name in ipairs{"none", "data", "../main.lua", "/etc/passwd", "data/../../x", "data\\ports.csv", "link", "pipe", ""} do
  local ok, message, kind = script.read(name)
  print(ok, kind)
end
print(select(2, script.read("none")))
`

const dataRead = `file	ssh,22	2	h,2	2
nil	Bad file descriptor	9
19
nil	notfound
`

// A script finds its data beside itself, or in the file system that stands for its pack; and finds nothing else there.
func TestOwnFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{"main.lua": readsData, "data/ports.csv": "ssh,22\ndomain,53\n\n\n"} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "link")); err != nil {
		t.Log(err) // not every system lets everybody
	}
	file, err := host.File(filepath.Join(dir, "main.lua"))
	if err != nil {
		t.Fatal(err)
	}
	packed := host.Script{Name: "main.lua", Source: readsData, FS: fstest.MapFS{"data/ports.csv": {Data: []byte("ssh,22\ndomain,53\n\n\n")}}}
	for name, s := range map[string]host.Script{"file": file, "packed": packed} {
		var out strings.Builder
		if err := host.New(host.Options{Stdout: &out}).Run(context.Background(), s); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := out.String(); !strings.HasPrefix(got, dataRead) || strings.Count(got, "nil\t") != 10 || strings.Contains(got, "root") ||
			!strings.Contains(got, "script.read: 'none' is not among the script's own files: ") {
			t.Errorf("%s:\n%s", name, got)
		}
	}
	var out strings.Builder
	err = host.New(host.Options{Stdout: &out}).Run(context.Background(), host.Code("x", `print(select(2, require "script".read("a")))`))
	if want := "script.read: 'a': this script has no files of its own\tnotfound\n"; err != nil || out.String() != want {
		t.Errorf("%q, %v", out.String(), err)
	}
}
