// Command dist builds moonwire for every system and packs each binary with its papers: dist VERSION writes six archives
// and SHA256SUMS into the folder dist. The same source, version and Go give the same bytes on any machine.
package main

import (
	"crypto/sha256"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"moonwire/host/licenses"
)

// targets are the systems, as GOOS/GOARCH.
var targets = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"}

// papers go with each binary, where the source has them.
var papers = []string{"README.md", "CHANGELOG.md", "LICENSE"}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: dist VERSION")
	}
	if err := dist(os.Args[1], "dist"); err != nil {
		log.Fatal(err)
	}
}

// dist fills the folder with one archive for each target, and their checksums.
func dist(version, folder string) error {
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	shared, err := readPapers()
	if err != nil {
		return err
	}
	var sums strings.Builder
	for _, t := range targets {
		system, machine, _ := strings.Cut(t, "/")
		archive, err := pack(system, machine, version, shared)
		if err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
		if err := os.WriteFile(filepath.Join(folder, archive.name), archive.data, 0o666); err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(archive.data), archive.name)
		fmt.Printf("%s  %d bytes\n", filepath.Join(folder, archive.name), len(archive.data))
	}
	return os.WriteFile(filepath.Join(folder, "SHA256SUMS"), []byte(sums.String()), 0o666)
}

// readPapers are the files that every archive has.
func readPapers() ([]file, error) {
	list := []file{{name: "NOTICES", data: []byte(licenses.Notices)}}
	for _, name := range papers {
		data, err := os.ReadFile(name)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, file{name: name, data: data})
	}
	return list, nil
}

// pack builds the binary of one target and puts it into an archive.
func pack(system, machine, version string, shared []file) (file, error) {
	program := file{name: "moonwire", program: true}
	if system == "windows" {
		program.name += ".exe"
	}
	data, err := build(system, machine, version)
	if err != nil {
		return file{}, err
	}
	program.data = data
	folder := fmt.Sprintf("moonwire-%s-%s-%s", version, system, machine)
	files := append([]file{program}, shared...)
	if system == "windows" {
		return zipped(folder, files)
	}
	return tarred(folder, files)
}

// build makes a binary that holds no path, no time and no build id of this machine.
func build(system, machine, version string) ([]byte, error) {
	temp, err := os.MkdirTemp("", "moonwire-dist")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	out := filepath.Join(temp, "moonwire")
	flags := "-s -w -buildid= -X moonwire/host/cli.version=" + version
	if c := commit(); c != "" {
		flags += " -X moonwire/host/cli.commit=" + c
	}
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", flags, "-o", out, "./host/cmd/moonwire")
	cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH="+machine, "CGO_ENABLED=0", "GOFLAGS=", "GOAMD64=v1", "GOARM64=v8.0")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}

// commit is what is checked out, "" outside a repository.
func commit() string {
	out, err := exec.Command("git", "rev-parse", "--short=12", "HEAD").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
