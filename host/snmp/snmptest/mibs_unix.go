//go:build interop && unix

package snmptest

import (
	"os/exec"
	"strings"
	"testing"
)

// MIBs is a folder with the texts of SNMPv2-SMI, SNMPv2-TC, SNMPv2-MIB, IF-MIB, RFC1213-MIB and others, as the npm package
// net-snmp has them: net-snmp's own commands come without any.
func MIBs(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, command := range []string{"npm pack --silent net-snmp@3.29.2", "tar -xzf net-snmp-3.29.2.tgz"} {
		words := strings.Fields(command)
		cmd := exec.Command(words[0], words[1:]...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
	}
	return dir + "/package/lib/mibs"
}
