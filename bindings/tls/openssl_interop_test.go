//go:build interop

package tls_test

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"moonwire/bindings/socket"
	"moonwire/bindings/tls"
	"moonwire/host/hosttest"
)

// A pki is a folder of PEM files that openssl made: ca, and NAME.pem with NAME.key.
type pki string

func newPKI(t *testing.T) pki {
	dir := t.TempDir()
	p := pki(dir)
	p.openssl(t, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=interop root")
	p.leaf(t, "good", "server.test", "-days", "2")
	p.leaf(t, "expired", "server.test", "-not_before", "20200101000000Z", "-not_after", "20200201000000Z")
	p.openssl(t, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "self.key",
		"-out", "self.pem", "-days", "2", "-subj", "/CN=server.test", "-addext", "subjectAltName=DNS:server.test")
	return p
}

// leaf makes a certificate for name, by the small CA that openssl has built in: it alone sets dates of the past.
func (p pki) leaf(t *testing.T, file, name string, dates ...string) {
	p.write(t, "ca.cnf", "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\nunique_subject=no\n"+
		"x509_extensions=x\n[p]\ncommonName=supplied\n[x]\nsubjectAltName=DNS:"+name+",IP:127.0.0.1\n")
	p.write(t, "index.txt", "")
	p.write(t, "serial", "1000\n")
	p.openssl(t, "req", "-newkey", "rsa:2048", "-nodes", "-keyout", file+".key", "-out", file+".csr", "-subj", "/CN="+name)
	for i, d := range dates {
		dates[i] = strings.NewReplacer("-not_before", "-startdate", "-not_after", "-enddate").Replace(d)
	}
	p.openssl(t, append([]string{"ca", "-batch", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-notext",
		"-in", file + ".csr", "-out", file + ".pem"}, dates...)...)
}

func (p pki) write(t *testing.T, name, text string) {
	if err := os.WriteFile(filepath.Join(string(p), name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (p pki) openssl(t *testing.T, args ...string) {
	t.Helper()
	cmd := exec.Command("openssl", args...)
	cmd.Dir = string(p)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("openssl %s: %v\n%s", args[0], err, out)
	}
}

// server starts openssl s_server, which sends back each line reversed, and returns its port.
func (p pki) server(t *testing.T, args ...string) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	l.Close()
	cmd := exec.Command("openssl", append([]string{"s_server", "-accept", "127.0.0.1:" + port, "-rev", "-quiet"}, args...)...)
	cmd.Dir = string(p)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	for range 3000 {
		if c, err := net.Dial("tcp", "127.0.0.1:"+port); err == nil {
			c.Close()
			return port
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("openssl s_server doesn't answer")
	return ""
}

// TestInteropClient talks to openssl s_server.
func TestInteropClient(t *testing.T) {
	p := newPKI(t)
	for _, c := range []struct {
		name, options, want string
		server              []string
	}{
		{"TLS 1.3", `name="server.test", ca=dir.."/ca.pem"`, "olleh 1.3", []string{"-cert", "good.pem", "-key", "good.key", "-tls1_3"}},
		{"TLS 1.2", `name="server.test", ca=dir.."/ca.pem"`, "olleh 1.2", []string{"-cert", "good.pem", "-key", "good.key", "-tls1_2"}},
		{"alpn", `name="server.test", ca=dir.."/ca.pem", alpn={"x", "y"}`, "olleh 1.3 y", []string{"-cert", "good.pem", "-key", "good.key", "-alpn", "y"}},
		{"own certificate", `name="server.test", ca=dir.."/ca.pem", cert=dir.."/good.pem", key=dir.."/good.key"`, "olleh 1.3",
			[]string{"-cert", "good.pem", "-key", "good.key", "-Verify", "1", "-CAfile", "ca.pem", "-verify_return_error"}},
		{"wrong name", `name="other.test", ca=dir.."/ca.pem"`, "tls: certificate is for server.test, 127.0.0.1, not for other.test denied", []string{"-cert", "good.pem", "-key", "good.key"}},
		{"expired", `name="server.test", ca=dir.."/ca.pem"`, "tls: certificate of CN=server.test is not valid at this time (from 2020-01-01 to 2020-02-01) denied", []string{"-cert", "expired.pem", "-key", "expired.key"}},
		{"self-signed", `name="server.test", ca=dir.."/ca.pem"`, "tls: certificate of CN=server.test is signed by nobody we trust denied", []string{"-cert", "self.pem", "-key", "self.key"}},
		{"self-signed, accepted", `verify=false`, "olleh 1.3", []string{"-cert", "self.pem", "-key", "self.key"}},
		{"too old", `name="server.test", ca=dir.."/ca.pem", min="1.3"`, "tls: the far end refused: protocol version not supported denied", []string{"-cert", "good.pem", "-key", "good.key", "-tls1_2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			port := p.server(t, c.server...)
			got := hosttest.Run(t, fmt.Sprintf(`local dir = %q
local c = assert(tls.wrap(assert(socket.connect("127.0.0.1", %s)), {%s}))
local ok, message, kind = c:handshake()
if not ok then return print(message, kind) end
assert(c:send("hello\n"))
print(c:receive(), c:info().version, c:info().alpn or "")
c:close()`, string(p), port, c.options), socket.Module(), tls.Module())
			if got = strings.Join(strings.Fields(got), " "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestInteropServer lets openssl s_client talk to a server in Lua.
func TestInteropServer(t *testing.T) {
	p := newPKI(t)
	for _, c := range []struct {
		name, options string
		client        []string
		served        bool
		says          string
	}{
		{"TLS 1.3", ``, []string{"-tls1_3", "-verify_return_error", "-verify_hostname", "server.test"}, true, "TLSv1.3"},
		{"TLS 1.2", ``, []string{"-tls1_2", "-verify_return_error"}, true, "TLSv1.2"},
		{"alpn", `alpn={"y"}`, []string{"-alpn", "x,y"}, true, "ALPN protocol: y"},
		{"client certificate", `verify=true, ca=dir.."/ca.pem"`, []string{"-cert", "good.pem", "-key", "good.key"}, true, "TLSv1.3"},
		{"no client certificate", `verify=true, ca=dir.."/ca.pem"`, nil, false, "certificate required"},
		{"too old", `min="1.3"`, []string{"-tls1_2"}, false, "alert protocol version"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "port")
			done := make(chan string, 1)
			go func() {
				defer close(done)
				done <- hosttest.Run(t, fmt.Sprintf(`local dir, f = %q, assert(io.open(%q, "w"))
local l = assert(socket.bind("127.0.0.1", 0))
f:write((select(2, l:getsockname())), "\n") f:close()
local s = assert(tls.wrap(l:accept(), {mode="server", cert=dir.."/good.pem", key=dir.."/good.key", %s}))
local line, message = s:receive()
if not line then return print(message) end
s:send("got " .. line .. "\n")
s:close()`, string(p), file, c.options), socket.Module(), tls.Module())
			}()
			cmd := exec.Command("openssl", append([]string{"s_client", "-connect", "127.0.0.1:" + port(t, file), "-CAfile", "ca.pem", "-servername", "server.test"}, c.client...)...)
			cmd.Dir = string(p)
			in, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			go func() { // s_client ends when its input does; the server ends first
				io.WriteString(in, "hello\n")
				time.Sleep(30 * time.Second)
				in.Close()
			}()
			out, _ := cmd.CombinedOutput()
			said := <-done
			if served := strings.Contains(string(out), "got hello"); served != c.served || !strings.Contains(string(out), c.says) {
				t.Errorf("served: %v, want %v and %q; the server says %q\n%s", served, c.served, c.says, said, out)
			}
		})
	}
}

// port waits until a script has written its port.
func port(t *testing.T, file string) string {
	for range 3000 {
		if b, _ := os.ReadFile(file); strings.HasSuffix(string(b), "\n") {
			return strings.TrimSpace(string(b))
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the script opened no port")
	return ""
}
