package tls

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"

	"moonwire/host/decl"
)

// named says why TLS failed, in words of our own for the frequent reasons, with a kind.
func named(err error) error {
	var (
		bad     *tls.CertificateVerificationError
		op      *net.OpError
		invalid x509.CertificateInvalidError
		host    x509.HostnameError
		unknown x509.UnknownAuthorityError
		record  tls.RecordHeaderError
	)
	switch {
	case err == nil, isTimeout(err):
		return err
	case errors.As(err, &record):
		return refusal(decl.Malformed, "tls: the far end doesn't speak TLS")
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return refusal(decl.Denied, "tls: certificate of %s is not valid at this time (from %s to %s)", subject(invalid.Cert),
			day(invalid.Cert.NotBefore), day(invalid.Cert.NotAfter))
	case errors.As(err, &host):
		return refusal(decl.Denied, "tls: certificate is for %s, not for %s", strings.Join(namesOf(host.Certificate), ", "), host.Host)
	case errors.As(err, &unknown):
		return refusal(decl.Denied, "tls: certificate of %s is signed by nobody we trust", subject(unknown.Cert))
	case errors.As(err, &bad):
		return refusal(decl.Denied, "tls: certificate: %s", strings.TrimPrefix(bad.Err.Error(), "x509: "))
	case errors.As(err, &op) && op.Op == "remote error": // an alert
		return refusal(decl.Denied, "tls: the far end refused: %s", strings.TrimPrefix(op.Err.Error(), "tls: "))
	case decl.KindOf(err) == "":
		return refusal(decl.Malformed, "tls: %s", strings.TrimPrefix(err.Error(), "tls: "))
	}
	return err
}

func refusal(kind, format string, args ...any) error {
	return decl.Refuse(kind, fmt.Errorf(format, args...))
}
