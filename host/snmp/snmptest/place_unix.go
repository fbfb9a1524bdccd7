//go:build interop && unix

package snmptest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"moonwire/host/network/nettest/peer"
)

// A Daemon is an agent or a receiver of others. Log, Expect, Interrupt and Kill are the process's.
type Daemon struct {
	*peer.Process
	Addr string // 127.0.0.1:PORT, by UDP and, where the program can, by TCP
	Dir  string // where its files are
}

// Port is a port of 127.0.0.1 that is free for UDP and TCP.
func Port(t *testing.T) int {
	t.Helper()
	for range 100 {
		u, err := net.ListenPacket("udp4", "127.0.0.1:0")
		must(t, err)
		port := u.LocalAddr().(*net.UDPAddr).Port
		l, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", port))
		u.Close()
		if err == nil {
			l.Close()
			return port
		}
	}
	t.Fatal("no port of 127.0.0.1 is free for UDP and TCP")
	return 0
}

// taken waits until the process has bound a port for UDP.
func taken(t *testing.T, p *peer.Process, addr string) {
	t.Helper()
	p.Until(t, "bound "+addr, func() bool {
		c, err := net.ListenPacket("udp4", addr)
		if err == nil {
			c.Close()
			time.Sleep(20 * time.Millisecond) // leave it a chance to bind
		}
		return errors.Is(err, syscall.EADDRINUSE)
	})
}

// environment keeps net-snmp to files below dir: it reads its configuration from dir/conf and dir/state, and writes to the
// latter. Names of MIBs are not loaded.
func environment(t *testing.T, dir string) []string {
	t.Helper()
	conf, state := filepath.Join(dir, "conf"), filepath.Join(dir, "state")
	must(t, os.MkdirAll(conf, 0o755))
	must(t, os.MkdirAll(filepath.Join(state, "cert_indexes"), 0o755)) // it would tell of having made it
	return []string{"SNMPCONFPATH=" + conf + ":" + state, "SNMP_PERSISTENT_DIR=" + state, "MIBS=", "LANG=C", "LC_ALL=C"}
}

// configure writes a file of net-snmp below dir.
func configure(t *testing.T, dir, name string, lines []string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Join(dir, "conf"), 0o755))
	must(t, os.WriteFile(filepath.Join(dir, "conf", name), []byte(strings.Join(lines, "\n")+"\n"), 0o600))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
