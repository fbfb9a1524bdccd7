//go:build interop && unix

package snmptest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"moonwire/host/network/nettest/peer"
)

// Snmpsim starts the simulator of agents by UDP. files are recordings by their names: public.snmprec is played for
// community public.
func Snmpsim(t *testing.T, files map[string]string) *Daemon {
	t.Helper()
	dir, addr := t.TempDir(), fmt.Sprintf("127.0.0.1:%d", Port(t))
	data := filepath.Join(dir, "data")
	must(t, os.Mkdir(data, 0o755))
	for name, text := range files {
		must(t, os.WriteFile(filepath.Join(data, name), []byte(text), 0o644))
	}
	user := []string{}
	if os.Geteuid() == 0 { // it insists on being told
		user = []string{"--process-user=root", "--process-group=root"}
	}
	p := peer.Start(t, []string{"HOME=" + dir}, "snmpsimd", append(user, "--data-dir="+data, "--cache-dir="+filepath.Join(dir, "cache"),
		"--agent-udpv4-endpoint="+addr, "--logging-method=null")...)
	taken(t, p, addr)
	return &Daemon{Process: p, Addr: addr, Dir: dir}
}
