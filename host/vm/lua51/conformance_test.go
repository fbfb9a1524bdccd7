package lua51_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/vm"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}

// chunk is one piece of testdata: a program, or what a program prints.
type chunk struct{ name, text string }

// chunks cuts a file at its lines "--- name".
func chunks(t *testing.T, file string) []chunk {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var list []chunk
	for _, part := range strings.Split("\n"+strings.TrimSuffix(string(b), "\n"), "\n--- ")[1:] {
		name, text, _ := strings.Cut(part, "\n")
		list = append(list, chunk{name, text})
	}
	return list
}

// stdin is what every program reads.
const stdin = "first line\n42 rest\nabcdef\nlast"

// run runs a program in a fresh runtime and directory and returns what it prints and how it fails.
func run(t *testing.T, source string, modules ...*decl.Module) string {
	t.Helper()
	files := network.OSFiles()
	dir := t.TempDir()
	if err := files.Chdir(dir); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	rt, err := vm.New(vm.Options{
		Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &out, Files: files, Command: inDir(dir),
		Getenv: func(string) string { return "" }, Modules: modules,
	})
	if err != nil {
		t.Fatal(err)
	}
	err = rt.Run(context.Background(), "chunk.lua", source)
	var failed *vm.Error
	if errors.As(err, &failed) {
		out.WriteString("error: " + failed.Message + "\n")
	} else if err != nil {
		out.WriteString("error: " + err.Error() + "\n")
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// golden is what lua5.1 prints for each program of a file; the interop suite proves it.
func golden(file string) string { return strings.TrimSuffix(file, ".lua") + ".golden" }

// programs are the files of the suite.
func programs(t *testing.T) []string {
	files, err := filepath.Glob("testdata/*.lua")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	return files
}

// wanted are the differences that are meant: by "file/name", the reason and what is printed here.
func wanted(t *testing.T) map[string]string {
	m := map[string]string{}
	for _, c := range chunks(t, "testdata/wanted.txt") {
		_, text, _ := strings.Cut(c.text, "\n") // the first line is the reason
		m[c.name] = text
	}
	return m
}

// TestConformance runs the suite and compares with lua5.1's output, recorded in testdata.
func TestConformance(t *testing.T) {
	differences := wanted(t)
	for _, file := range programs(t) {
		if runtime.GOOS == "windows" && strings.Contains("io os package", baseName(file)) {
			continue // these programs use a Unix shell and its messages
		}
		recorded := map[string]string{}
		for _, c := range chunks(t, golden(file)) {
			recorded[c.name] = c.text
		}
		for _, c := range chunks(t, file) {
			id := baseName(file) + "/" + c.name
			t.Run(id, func(t *testing.T) {
				t.Parallel()
				want, ok := recorded[c.name]
				if !ok {
					t.Fatal("not recorded: run the interop tests with -update")
				}
				if difference, ok := differences[id]; ok {
					if difference == want {
						t.Fatal("listed as a difference, but lua5.1 prints the same")
					}
					want = difference
				}
				if got := run(t, c.text); got != want {
					t.Errorf("%s\ngot:\n%s\nwant:\n%s", c.text, got, want)
				}
			})
		}
	}
}

func baseName(file string) string { return strings.TrimSuffix(filepath.Base(file), ".lua") }
