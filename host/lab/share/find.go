package share

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Dir is the directory of the sockets, which only the user can enter. It is made where it is missing.
func Dir() (string, error) {
	dir := filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "moonwire")
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(os.TempDir(), fmt.Sprintf("moonwire-%d", os.Getuid()))
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return "", err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return "", err
	}
	if !info.IsDir() || !private(info) {
		return "", fmt.Errorf("%s isn't a directory that only you can enter: remove it", dir)
	}
	return dir, nil
}

// A Link is a link of a lab that runs.
type Link struct {
	Lab    string // its name and its process: "path.4711"
	Name   string // of the link
	socket string
}

// Find lists the links of all labs that run. Sockets that nobody listens on any more are removed.
func Find() []Link {
	dir, err := Dir()
	if err != nil {
		return nil
	}
	entries, _ := os.ReadDir(dir)
	var found []Link
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		names, err := links(path)
		if errors.Is(err, syscall.ECONNREFUSED) {
			drop(path)
		}
		for _, name := range names {
			found = append(found, Link{e.Name(), name, path})
		}
	}
	return found
}

// drop removes a socket that nobody listens on, unless its process may just have made it and not begun to.
func drop(path string) {
	if info, err := os.Lstat(path); err == nil && time.Since(info.ModTime()) > patience {
		os.Remove(path)
	}
}

// sweep removes the sockets of labs that were killed.
func sweep(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		c, err := net.DialTimeout("unix", path, patience)
		if errors.Is(err, syscall.ECONNREFUSED) {
			drop(path)
		}
		if err == nil {
			c.Close()
		}
	}
}

// links asks a lab for its links.
func links(socket string) (names []string, err error) {
	c, err := ask(socket, "")
	if err != nil {
		return nil, err
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(patience))
	lines := bufio.NewScanner(c)
	for lines.Scan() {
		names = append(names, lines.Text())
	}
	return names, lines.Err()
}

// ask connects to a lab and writes a line.
func ask(socket, line string) (net.Conn, error) {
	c, err := net.DialTimeout("unix", socket, patience)
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintln(c, line); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Open begins to look at the link: what is read is a pcapng file.
func (l Link) Open() (io.ReadCloser, error) { return ask(l.socket, l.Name) }

// Title says what the link is.
func (l Link) Title() string {
	name, process, _ := strings.Cut(l.Lab, ".")
	return "link " + l.Name + " of lab " + name + ", process " + process
}
