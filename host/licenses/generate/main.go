// Command generate collects the licences of all modules that moonwire links on any system into one text.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// systems are those whose imports differ.
var systems = []string{"linux", "darwin", "windows"}

// A module is one that go list names.
type module struct{ path, version, dir string }

func main() {
	out := flag.String("o", "notices.txt", "file to write")
	flag.Parse()
	log.SetFlags(0)
	text, err := notices()
	if err == nil {
		err = os.WriteFile(*out, []byte(text), 0o666)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// notices is the whole text: moonwire's own licence, Go's, then the modules by name, then those of tables that are built in.
func notices() (string, error) {
	modules, err := linked()
	if err != nil {
		return "", err
	}
	root, err := output("", "go", "env", "GOROOT")
	if err != nil {
		return "", err
	}
	modules = slices.Insert(modules, 1, module{path: "Go", dir: strings.TrimSpace(root)}) // behind moonwire
	var b strings.Builder
	for _, m := range modules {
		if err := m.write(&b); err != nil {
			return "", err
		}
	}
	if err := data(&b); err != nil {
		return "", err
	}
	return b.String(), nil
}

// data writes the notices of what is built in beside code, one file each.
func data(b *strings.Builder) error {
	files, err := filepath.Glob("data/*.txt")
	if err != nil {
		return err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "%s\n\n", strings.TrimSpace(string(text)))
	}
	return nil
}

// linked are the modules behind the command, on all systems together.
func linked() ([]module, error) {
	var list []module
	for _, system := range systems {
		text, err := output(system, "go", "list", "-deps", "-f",
			"{{with .Module}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}", "moonwire/host/cmd/moonwire")
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(text) {
			f := strings.Split(strings.TrimSpace(line), "\t")
			m := module{f[0], f[1], f[len(f)-1]}
			if !slices.Contains(list, m) {
				list = append(list, m)
			}
		}
	}
	slices.SortFunc(list, func(a, b module) int { return strings.Compare(a.order(), b.order()) })
	return list, nil
}

// order puts moonwire itself first.
func (m module) order() string {
	if m.version == "" {
		return " " + m.path
	}
	return m.path
}

func output(system string, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Env, cmd.Stderr = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0"), os.Stderr
	out, err := cmd.Output()
	return string(out), err
}

var notice = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents|copyright)([.-].*)?$`)

// write adds a module's notices. A module without any is an error: it could not be given away.
func (m module) write(b *strings.Builder) error {
	entries, err := os.ReadDir(m.dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(b, "== %s\n\n", strings.TrimSpace(m.path+" "+m.version))
	found := false
	for _, e := range entries {
		if e.IsDir() || !notice.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(m.dir, e.Name()))
		if err != nil {
			return err
		}
		found = true
		fmt.Fprintf(b, "%s\n\n", strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")))
	}
	if !found {
		return fmt.Errorf("%s has no licence in %s", m.path, m.dir)
	}
	return nil
}
