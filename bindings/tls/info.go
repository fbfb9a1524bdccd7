package tls

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"time"
)

// A session is what info tells of a connection.
type session struct {
	Version string        `lua:"version" doc:"1.0 to 1.3"`
	Cipher  string        `lua:"cipher" doc:"cipher suite, by its name in the standard"`
	ALPN    string        `lua:"alpn?" doc:"application protocol that was agreed on"`
	Name    string        `lua:"name?" doc:"server's name that the client asked for"`
	Resumed bool          `lua:"resumed" doc:"does it go on with an earlier session?"`
	Peer    []certificate `lua:"peer" doc:"the far end's certificates, its own first"`
}

// A certificate is one of the far end's.
type certificate struct {
	Subject   string   `lua:"subject" doc:"whom it is for"`
	Issuer    string   `lua:"issuer" doc:"who signed it"`
	Names     []string `lua:"names" doc:"host names and addresses it is good for"`
	Serial    string   `lua:"serial" doc:"serial number, in hexadecimal"`
	NotBefore float64  `lua:"not_before" doc:"seconds since 1970-01-01 UTC"`
	NotAfter  float64  `lua:"not_after" doc:"seconds since 1970-01-01 UTC"`
	SHA256    string   `lua:"sha256" doc:"fingerprint, in hexadecimal"`
	PEM       string   `lua:"pem" doc:"the certificate itself"`
}

func sessionOf(s tls.ConnectionState) session {
	out := session{
		Version: versionName(s.Version),
		Cipher:  tls.CipherSuiteName(s.CipherSuite),
		ALPN:    s.NegotiatedProtocol,
		Name:    s.ServerName,
		Resumed: s.DidResume,
	}
	for _, c := range s.PeerCertificates {
		sum := sha256.Sum256(c.Raw)
		out.Peer = append(out.Peer, certificate{
			Subject: subject(c), Issuer: c.Issuer.String(), Names: namesOf(c), Serial: c.SerialNumber.Text(16),
			NotBefore: float64(c.NotBefore.Unix()), NotAfter: float64(c.NotAfter.Unix()), SHA256: hex.EncodeToString(sum[:]),
			PEM: string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})),
		})
	}
	return out
}

func versionName(v uint16) string {
	for name, n := range versions {
		if n == v {
			return name
		}
	}
	return ""
}

func subject(c *x509.Certificate) string { return c.Subject.String() }

// namesOf are all host names and addresses of a certificate.
func namesOf(c *x509.Certificate) []string {
	names := append([]string(nil), c.DNSNames...)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	return names
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
