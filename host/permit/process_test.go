package permit

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// program puts a script of the shell at a path.
func program(t *testing.T, path, says string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("#!/bin/sh\necho "+says+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
}

// TestProgramsOfOnesOwn holds that a script starts no file that it may write, and none that comes first later.
func TestProgramsOfOnesOwn(t *testing.T) {
	if _, err := os.Stat("/bin/sh"); err != nil {
		t.Skip("no /bin/sh")
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	early, late := filepath.Join(dir, "early"), filepath.Join(dir, "late")
	program(t, filepath.Join(late, "mwtool"), "late")
	if err := os.MkdirAll(early, 0o755); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "links", "mwlink")
	if err := os.MkdirAll(filepath.Dir(link), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(late, "mwtool"), link); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", early+string(filepath.ListSeparator)+late)
	for _, tt := range []struct{ grants, line, refused string }{
		{"run mwtool", "mwtool", ""},
		{"run mwtool; write " + early, "mwtool", ""},
		{"run mwtool; write " + late, "mwtool", "it may write "},
		{"run mwtool; write " + late + "/mwtool", "mwtool", "it may write "},
		{"run mwtool; write " + dir, late + "/mwtool", "it may write "},
		{"run " + link + "; write " + filepath.Dir(link), link, "it may write "},
		{"run " + link + "; write " + late, link, "it may write "},
		{"run " + link, link, ""},
		{"run *; write *", "mwtool", ""}, // which could start a shell as well
	} {
		p := &Policy{Allow: grants(t, tt.grants)}
		cmd := p.Command(shell, nil)(tt.line)
		if refused := cmd.Err != nil; refused != (tt.refused != "") || refused && !strings.Contains(cmd.Err.Error(), tt.refused) {
			t.Errorf("%s: %s: %v", tt.grants, tt.line, cmd.Err)
		}
	}
	p := &Policy{Allow: grants(t, "run mwtool")}
	start := p.Command(shell, nil)
	if out, err := start("mwtool").Output(); err != nil || string(out) != "late\n" {
		t.Errorf("%q, %v", out, err)
	}
	program(t, filepath.Join(early, "mwtool"), "early")
	if out, err := start("mwtool").Output(); err != nil || string(out) != "late\n" {
		t.Errorf("another program took its place: %q, %v", out, err)
	}
	t.Chdir(late)
	t.Setenv("PATH", "."+string(filepath.ListSeparator))
	if cmd := (&Policy{Allow: grants(t, "run mwtool")}).Command(shell, nil)("mwtool"); cmd.Err == nil {
		t.Errorf("%s comes from the current folder", cmd.Path)
	}
}

// TestEnvironOfPrograms holds that programs learn no variable that the script may not read.
func TestEnvironOfPrograms(t *testing.T) {
	for name, value := range map[string]string{"MW_SECRET": "s", "MW_OPEN": "o", "LD_PRELOAD": "", "LC_TIME": "C"} {
		t.Setenv(name, value)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	get := func(name string) string { return map[string]string{"MW_OPEN": "o", "MW_MADE": "m"}[name] }
	for _, tt := range []struct {
		p             *Policy
		with, without string
	}{
		{&Policy{Allow: grants(t, "run "+program)}, "PATH LC_TIME", "MW_SECRET MW_OPEN LD_PRELOAD"},
		{&Policy{Allow: grants(t, "run "+program+"; env MW_OPEN; env MW_MADE")}, "PATH MW_OPEN MW_MADE", "MW_SECRET LD_PRELOAD"},
		{&Policy{Allow: grants(t, "run "+program+"; env *")}, "MW_SECRET MW_OPEN", ""},
		{&Policy{Allow: grants(t, "run "+program), Deny: grants(t, "env PATH")}, "LC_TIME", "PATH MW_SECRET"},
		{&Policy{All: true, Deny: grants(t, "env MW_SECRET")}, "PATH MW_OPEN", "MW_SECRET"},
		{&Policy{All: true, Deny: grants(t, "env *")}, "", "PATH MW_OPEN MW_SECRET"},
	} {
		cmd := tt.p.Command(func(string) *exec.Cmd { return exec.Command(program) }, get)(program)
		if cmd.Err != nil || cmd.Env == nil {
			t.Fatalf("%v, %v", cmd.Err, cmd.Env)
		}
		has := func(name string) bool {
			return slices.ContainsFunc(cmd.Env, func(entry string) bool { return strings.HasPrefix(entry, name+"=") })
		}
		for _, name := range strings.Fields(tt.with) {
			if !has(name) {
				t.Errorf("%v: %s is missing", tt.p.Allow, name)
			}
		}
		for _, name := range strings.Fields(tt.without) {
			if has(name) {
				t.Errorf("%v: %s is told", tt.p.Allow, name)
			}
		}
	}
}
