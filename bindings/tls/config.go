package tls

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"os"
	"strings"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// options are tls.wrap's.
type options struct {
	Mode   string   `lua:"mode?" choices:"client|server" doc:"which end this is"`
	Name   string   `lua:"name?" doc:"the server's name, as its certificate must have it"`
	Verify *bool    `lua:"verify?" doc:"must the far end's certificate be good? (default: true for a client; a server asks for none)"`
	CA     string   `lua:"ca?" doc:"certificates to trust, as PEM text or a file's name; default: the system's"`
	Cert   string   `lua:"cert?" doc:"own certificate and those up to the root, as PEM text or a file's name"`
	Key    string   `lua:"key?" doc:"own private key, as PEM text or a file's name"`
	ALPN   []string `lua:"alpn?" doc:"application protocols, best first (RFC 7301)"`
	Min    string   `lua:"min?" choices:"1.0|1.1|1.2|1.3" doc:"oldest version to speak"`
	Max    string   `lua:"max?" choices:"1.0|1.1|1.2|1.3" doc:"newest version to speak"`
}

var defaults = options{Mode: "client", Min: "1.2", Max: "1.3"}

var versions = map[string]uint16{"1.0": tls.VersionTLS10, "1.1": tls.VersionTLS11, "1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13}

// config is what crypto/tls makes of the options.
func (o *options) config(ctx context.Context) (*tls.Config, error) {
	c := &tls.Config{
		Time:       network.ClockFrom(ctx).Now,
		ServerName: o.Name,
		NextProtos: o.ALPN,
		MinVersion: versions[o.Min],
		MaxVersion: versions[o.Max],
	}
	if o.CA != "" {
		pem, err := text(ctx, "ca", o.CA)
		if err != nil {
			return nil, err
		}
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM(pem) {
			return nil, decl.Refuse(decl.Malformed, fmt.Errorf("tls.wrap: ca has no certificate in PEM form"))
		}
		c.ClientCAs = c.RootCAs
	}
	if o.Mode == "client" {
		c.InsecureSkipVerify = o.Verify != nil && !*o.Verify
	} else if o.Verify != nil && *o.Verify {
		c.ClientAuth = tls.RequireAndVerifyClientCert
	}
	return c, o.ownCertificate(ctx, c)
}

func (o *options) ownCertificate(ctx context.Context, c *tls.Config) error {
	if o.Cert == "" {
		return nil
	}
	cert, err := text(ctx, "cert", o.Cert)
	if err != nil {
		return err
	}
	key := cert // one file may hold both
	if o.Key != "" {
		if key, err = text(ctx, "key", o.Key); err != nil {
			return err
		}
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return decl.Refuse(decl.Malformed, fmt.Errorf("tls.wrap: cert and key: %s", strings.TrimPrefix(err.Error(), "tls: ")))
	}
	c.Certificates = []tls.Certificate{pair}
	return nil
}

// misuse is what is wrong with the options as a whole; "" when nothing is.
func (o *options) misuse() string {
	switch {
	case o.Mode == "client" && o.Name == "" && (o.Verify == nil || *o.Verify):
		return "option 'name' is missing: it says who the server must be; verify = false accepts anybody"
	case o.Mode == "server" && o.Cert == "":
		return "option 'cert' is missing: a server needs a certificate"
	case o.Mode == "server" && o.Verify != nil && *o.Verify && o.CA == "":
		return "option 'ca' is missing: it says whose clients to trust"
	case versions[o.Min] > versions[o.Max]:
		return "option 'min' is above 'max'"
	}
	return ""
}

// text is PEM text itself, or what the file of that name has.
func text(ctx context.Context, option, v string) ([]byte, error) {
	if strings.Contains(v, "-----BEGIN ") {
		return []byte(v), nil
	}
	files := network.FilesFrom(ctx)
	if files == nil {
		return nil, decl.Refuse(decl.Denied, fmt.Errorf("tls.wrap: %s: no file may be read", option))
	}
	f, err := files.Open(v, os.O_RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("tls.wrap: %s: %w", option, err)
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, 1<<20))
}
