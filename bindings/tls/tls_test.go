package tls_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"moonwire/bindings/socket"
	"moonwire/bindings/tls"
	"moonwire/host/hosttest"
)

// An issuer signs certificates for tests.
type issuer struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newIssuer(t *testing.T) (*issuer, string) {
	i := &issuer{}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test root"}, IsCA: true,
		BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour)}
	i.cert = template
	cert, key := i.issue(t, template)
	block, _ := pem.Decode([]byte(cert))
	parsed, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	i.cert, i.key = parsed, key
	return i, cert
}

// issue signs a certificate with the issuer's key, or with its own while there is none.
func (i *issuer) issue(t *testing.T, template *x509.Certificate) (string, *ecdsa.PrivateKey) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	parent, signer := i.cert, i.key
	if signer == nil {
		parent, signer = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})), key
}

// leaf is a server's certificate and key as PEM.
func (i *issuer) leaf(t *testing.T, name string, from, to time.Duration) (cert, key string) {
	cert, k := i.issue(t, &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name},
		DNSNames: []string{name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(from), NotAfter: time.Now().Add(to)})
	der, err := x509.MarshalECPrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	return cert, string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}))
}

// prologue gives a Lua chunk the certificates and a connected pair.
func prologue(t *testing.T) string {
	root, ca := newIssuer(t)
	good, goodKey := root.leaf(t, "server.test", -time.Hour, time.Hour)
	old, oldKey := root.leaf(t, "server.test", -2*time.Hour, -time.Hour)
	return fmt.Sprintf(`ca, good, good_key, old, old_key = [[%s]], [[%s]], [[%s]], [[%s]], [[%s]] `,
		ca, good, goodKey, old, oldKey)
}

func TestLua(t *testing.T) {
	b, err := os.ReadFile("testdata/tls.lua")
	if err != nil {
		t.Fatal(err)
	}
	common, chunks, _ := strings.Cut(string(b), "\n---\n")
	one := func(s string) string { return strings.ReplaceAll(s, "\n", " ") }
	quoted := strings.ReplaceAll(prologue(t), "\n", `\n`)
	quoted = strings.NewReplacer("[[", `"`, "]]", `"`).Replace(quoted)
	file := filepath.Join(t.TempDir(), "tls.lua")
	var out []string
	for _, c := range strings.Split(chunks, "\n---\n") {
		first, rest, _ := strings.Cut(c, "\n")
		out = append(out, first+"\n"+quoted+one(common)+"\n"+rest)
	}
	if err := os.WriteFile(file, []byte(strings.Join(out, "\n---\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	hosttest.RunFile(t, file, socket.Module(), tls.Module())
}
