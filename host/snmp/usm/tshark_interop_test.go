//go:build interop && unix

package usm

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/snmp/snmptest"
)

// tsharkAuth and tsharkPriv are names in the table of users of Wireshark 4.0, which has no 3DES and lengthens keys in Reeder's way.
var (
	tsharkAuth = map[AuthProtocol]string{MD5: "MD5", SHA: "SHA1", SHA224: "SHA2-224", SHA256: "SHA2-256", SHA384: "SHA2-384", SHA512: "SHA2-512"}
	tsharkPriv = map[PrivProtocol]string{NoPriv: "AES", DES: "DES", AES: "AES", AES192C: "AES192", AES256C: "AES256"}
)

// TestTshark has tshark decrypt a message of each pair that it knows.
func TestTshark(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var dump strings.Builder
	var args, want []string
	pairs(func(name string, u *User) {
		priv, ok := tsharkPriv[u.Priv]
		if !ok || u.Auth == NoAuth {
			return
		}
		u.Name = name
		value := "value of " + name
		for i, b := range sealed(t, u, value) {
			if i%16 == 0 {
				fmt.Fprintf(&dump, "\n%06x", i)
			}
			fmt.Fprintf(&dump, " %02x", b)
		}
		dump.WriteString("\n")
		args = append(args, "-o", fmt.Sprintf(`uat:snmp_users:"","%s","%s","authentic","%s","private!"`, name, tsharkAuth[u.Auth], priv))
		want = append(want, name+"\t1\t"+hex.EncodeToString([]byte(value)))
	})
	file, pcap := filepath.Join(dir, "messages.txt"), filepath.Join(dir, "messages.pcap")
	if err := os.WriteFile(file, []byte(dump.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	snmptest.Run(t, "text2pcap", "-u", "161,161", file, pcap)
	out := snmptest.Run(t, "tshark", append(args, "-r", pcap, "-T", "fields", "-e", "snmp.msgUserName", "-e", "snmp.v3.auth", "-e", "snmp.value.octets")...)
	for _, w := range want {
		if !strings.Contains(out, w+"\n") {
			t.Errorf("%q is not in\n%s", w, out)
		}
	}
}
