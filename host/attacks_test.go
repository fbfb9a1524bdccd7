package host_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"moonwire/host"
	"moonwire/host/internal/hook"
	"moonwire/host/network"
	"moonwire/host/permit"
	"moonwire/host/vm"
)

// The attacks in testdata/attacks are what strangers' scripts may try. Each says in its first lines what it tries, which
// grants it has ("grants: read OWN"), and what the refusals must say ("says: REGEXP", else "not allowed"). Its functions:
//
//	try(what, f, ...)    f must fail, by an error or by nil and a message, and the message must say so
//	nothing(what, v)     v must be nil
//	A                    where things are: A.own is the script's folder, A.secret a file outside …
//
// What the world looks like afterwards is looked at from outside.
const attackPrelude = `local A = require "script".args()
local function failed(what, message)
  print("refused\t" .. what:gsub("[^ -~]", "?") .. "\t" .. tostring(message):gsub("\n", " "))
end
local function try(what, f, ...)
  local r = {pcall(f, ...)}
  if not r[1] then return failed(what, r[2]) end
  if r[2] == nil or r[2] == false then return failed(what, r[3]) end
  print("BREACH\t" .. what:gsub("[^ -~]", "?") .. "\t" .. tostring(r[2]):gsub("\n", " "))
end
local function nothing(what, v)
  print(v == nil and "nothing\t" .. what or "BREACH\t" .. what .. "\t" .. tostring(v))
end `

// token is what must never come out of an attack.
const token = "d41c-moonwire-secret-token"

// An attack is one file of them.
type attack struct {
	name, source string
	grants, says string
}

// attacks are those whose names match a pattern.
func attacks(t *testing.T, pattern string) (all []attack) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "attacks", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no attacks %s: %v", pattern, err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a := attack{name: strings.TrimSuffix(filepath.Base(file), ".lua"), source: string(b), says: "not allowed"}
		if !strings.HasPrefix(a.source, "-- tries: ") {
			t.Errorf("%s doesn't say what it tries", file)
		}
		for line := range strings.Lines(a.source) {
			if v, ok := strings.CutPrefix(line, "-- grants: "); ok {
				a.grants = strings.TrimSpace(v)
			}
			if v, ok := strings.CutPrefix(line, "-- says: "); ok {
				a.says = strings.TrimSpace(v)
			}
		}
		all = append(all, a)
	}
	return all
}

// A scene is what an attack finds.
type scene struct {
	own, outside string
	args         map[string]any
	where        host.Options
	before       string
}

// newScene makes files that an attack may touch, and files that it may not.
func newScene(t *testing.T) *scene {
	t.Helper()
	top, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := &scene{own: filepath.Join(top, "own"), outside: filepath.Join(top, "outside")}
	for _, dir := range []string{s.own, s.outside, filepath.Join(s.outside, "empty")} {
		must(t, os.Mkdir(dir, 0o755))
	}
	secret := filepath.Join(s.outside, "secret")
	must(t, os.WriteFile(secret, []byte(token), 0o644))
	must(t, os.WriteFile(filepath.Join(s.outside, "module.lua"), []byte("print('"+token+"') return '"+token+"'"), 0o644))
	for name, target := range map[string]string{"link": s.outside, "filelink": secret, "linklink": "link", "dangling": filepath.Join(s.outside, "new")} {
		if err := os.Symlink(target, filepath.Join(s.own, name)); err != nil && runtime.GOOS != "windows" {
			t.Fatal(err)
		}
	}
	if program, err := exec.LookPath("true"); err == nil { // one program of two names
		_ = os.Symlink(program, filepath.Join(s.own, "tool"))
		_ = os.Symlink(program, filepath.Join(s.own, "othertool"))
	}
	for name, content := range map[string]string{"private.txt": token, ".ssh/id": token, "public/ports.csv": "ssh,22"} {
		file := filepath.Join(s.own, name)
		must(t, os.MkdirAll(filepath.Dir(file), 0o755))
		must(t, os.WriteFile(file, []byte(content), 0o644))
	}
	_ = os.Symlink(filepath.Join(s.own, "private.txt"), filepath.Join(s.own, "public", "link"))
	s.args = map[string]any{"own": s.own, "outside": s.outside, "secret": secret}
	s.before = tree(t, s.outside)
	files := network.OSFiles()
	must(t, files.Chdir(s.own))
	env := map[string]string{"MW_SECRET": token, "MW_GRANTED": "granted", "HOME": token, "PATH": token, "LUA_PATH": s.outside + "/?.lua"}
	s.where = host.Options{Hooks: hook.Set{Files: files}, Getenv: func(name string) string { return env[name] },
		Limits: vm.Limits{Timeout: time.Minute, Memory: 1 << 30, Output: 16 << 20}}
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// tree is all that can be seen of a folder.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := os.Lstat(path)
		if err != nil {
			return err
		}
		content := ""
		if info.Mode().IsRegular() {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			sum := sha256.Sum256(data)
			content = hex.EncodeToString(sum[:8])
		}
		fmt.Fprintf(&b, "%s %s %s %s\n", path, info.Mode(), info.ModTime(), content)
		return nil
	})
	must(t, err)
	return b.String()
}

// policy is an attack's, with the scene's places in its grants.
func (s *scene) policy(t *testing.T, grants string) *permit.Policy {
	t.Helper()
	p := &permit.Policy{}
	words := []string{"OWN", s.own, "SECRET", s.outside}
	for name, value := range s.args {
		words = append(words, strings.ToUpper(name), fmt.Sprint(value))
	}
	for text := range strings.SplitSeq(grants, ";") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		g, err := permit.Parse(strings.NewReplacer(words...).Replace(text))
		must(t, err)
		p.Allow = append(p.Allow, g)
	}
	return p
}

// play runs an attack and returns what it printed, and how it ended.
func (s *scene) play(t *testing.T, a attack) (string, error) {
	t.Helper()
	var out bytes.Buffer
	where := s.where
	where.Stdin, where.Stdout, where.Stderr = strings.NewReader(token+"\n"), &out, &out
	where.Permissions = s.policy(t, a.grants)
	err := host.New(where).Run(context.Background(), host.Script{Name: a.name + ".lua", Source: strings.ReplaceAll(attackPrelude, "\n", " ") + a.source, Dir: s.own, Args: s.args})
	return out.String(), err
}

// repelled plays an attack and looks whether it was.
func (s *scene) repelled(t *testing.T, a attack) {
	t.Helper()
	children := processes(t)
	out, err := s.play(t, a)
	if err != nil {
		t.Errorf("it ended with %v", err)
	}
	says := regexp.MustCompile(a.says)
	refused := 0
	for line := range strings.Lines(out) {
		switch words := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 3); words[0] {
		case "BREACH":
			t.Error(strings.TrimSpace(line))
		case "refused":
			if refused++; !says.MatchString(words[2]) {
				t.Errorf("%s: the refusal says only: %s", words[1], words[2])
			}
		}
	}
	if refused == 0 {
		t.Error("nothing was refused")
	}
	if strings.Contains(out, token) || err != nil && strings.Contains(err.Error(), token) {
		t.Errorf("the secret came out:\n%s", out)
	}
	if now := tree(t, s.outside); now != s.before {
		t.Errorf("files outside have changed from\n%sto\n%s", s.before, now)
	}
	if left := processes(t); left > children {
		t.Errorf("%d processes are left", left-children)
	}
	if t.Failed() {
		t.Logf("it printed\n%s", out)
	}
}

// processes counts this process's children, where the system tells.
func processes(t *testing.T) int {
	t.Helper()
	files, _ := filepath.Glob("/proc/self/task/*/children")
	n := 0
	for _, f := range files {
		b, _ := os.ReadFile(f)
		n += len(strings.Fields(string(b)))
	}
	return n
}

// TestAttacksOnTheMachine plays those that need no network.
func TestAttacksOnTheMachine(t *testing.T) {
	t.Setenv("MW_PROCESS_SECRET", token) // of moonwire's own environment: programs that scripts start don't get it
	for _, a := range attacks(t, "*.lua") {
		if strings.HasPrefix(a.name, "net_") || strings.HasPrefix(a.name, "raw_") || a.name == "bombs" {
			continue
		}
		t.Run(a.name, func(t *testing.T) { newScene(t).repelled(t, a) })
	}
}
