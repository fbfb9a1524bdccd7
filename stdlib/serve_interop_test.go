//go:build interop

package stdlib_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"moonwire/host/catalog"
	"moonwire/host/hosttest"
)

// serving runs Lua that starts a service on loopback, and returns its port.
func serving(t *testing.T, source string) (port string) {
	t.Helper()
	dir := t.TempDir()
	at := filepath.Join(dir, "port")
	done := make(chan struct{})
	go func() {
		defer close(done)
		hosttest.Run(t, fmt.Sprintf(`
			local serve = require "serve"
			local s = assert(%s)
			local f = io.open(%q, "wb")
			f:write(s.port .. "\n")
			f:close()
			repeat task.sleep(0.02) until io.open(%q)`, source, at, filepath.Join(dir, "stop")), catalog.Modules()...)
	}()
	t.Cleanup(func() {
		os.WriteFile(filepath.Join(dir, "stop"), nil, 0o600)
		<-done
	})
	for {
		if b, err := os.ReadFile(at); err == nil && bytes.HasSuffix(b, []byte("\n")) {
			return strings.TrimSpace(string(b))
		}
		select {
		case <-done:
			t.Fatal("the service has ended")
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// peer runs an outside program in a directory and returns what it printed.
func peer(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// random writes a file of n bytes that come with no pattern.
func random(t *testing.T, n int64) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "data")
	f, err := os.Create(file)
	if err == nil {
		_, err = io.CopyN(f, rand.NewChaCha8([32]byte{1}), n)
		f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func same(t *testing.T, a, b string) {
	t.Helper()
	x, err := os.ReadFile(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := os.ReadFile(b)
	if err != nil || !bytes.Equal(x, y) {
		t.Errorf("%s has %d bytes, %s %d other ones (%v)", a, len(x), b, len(y), err)
	}
}

const mebibyte = 1 << 20

// TestTFTPClients lets three clients read and write a mebibyte, and one read what needs more than 65,536 blocks.
func TestTFTPClients(t *testing.T) {
	data := random(t, mebibyte)
	root, name := filepath.Dir(data), filepath.Base(data)
	long := random(t, 65536*512+100)
	if err := os.Rename(long, filepath.Join(root, "long")); err != nil {
		t.Fatal(err)
	}
	port := serving(t, fmt.Sprintf(`serve.tftp{port = 0, address = "127.0.0.1", root = %q, write = true}`, root))
	dir := t.TempDir()
	in := func(file string) string { return filepath.Join(dir, file) }
	peer(t, dir, "curl", "-sS", "-o", "curl", "tftp://127.0.0.1:"+port+"/"+name)
	same(t, data, in("curl"))
	peer(t, dir, "curl", "-sS", "--tftp-blksize", "8192", "-T", "curl", "tftp://127.0.0.1:"+port+"/from-curl")
	peer(t, dir, "tftp", "-m", "octet", "127.0.0.1", port, "-c", "get", "long", "hpa")
	same(t, filepath.Join(root, "long"), in("hpa"))
	peer(t, dir, "tftp", "-m", "netascii", "127.0.0.1", port, "-c", "put", "curl", "from-hpa")
	peer(t, dir, "atftp", "--option", "blksize 1428", "--option", "tsize 0", "--option", "timeout 2", "-g", "-r", name, "-l", "atftp", "127.0.0.1", port)
	same(t, data, in("atftp"))
	peer(t, dir, "atftp", "-p", "-l", "curl", "-r", "from-atftp", "127.0.0.1", port)
	for _, file := range []string{"from-curl", "from-hpa", "from-atftp"} {
		for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) { // a client may end before its file is kept
			if info, err := os.Stat(filepath.Join(root, file)); err == nil && info.Size() == mebibyte {
				break
			}
		}
		same(t, data, filepath.Join(root, file))
	}
}

// TestCurl lets curl fetch a mebibyte, parts of it, its head, a list, and go on with a transfer that was cut off.
func TestCurl(t *testing.T) {
	data := random(t, mebibyte)
	port := serving(t, fmt.Sprintf(`serve.http{port = 0, address = "127.0.0.1", root = %q, routes = {["/post"] = function(r) return r.body end}}`,
		filepath.Dir(data)))
	dir, url := t.TempDir(), "http://127.0.0.1:"+port
	peer(t, dir, "curl", "-sSf", "-o", "whole", url+"/data")
	same(t, data, filepath.Join(dir, "whole"))
	b, _ := os.ReadFile(data)
	os.WriteFile(filepath.Join(dir, "cut"), b[:300000], 0o600)
	peer(t, dir, "curl", "-sSf", "-C", "-", "-o", "cut", url+"/data")
	same(t, data, filepath.Join(dir, "cut"))
	if out := peer(t, dir, "curl", "-sSf", "-r", "5-9", url+"/data"); out != string(b[5:10]) {
		t.Errorf("range: %q", out)
	}
	if out := peer(t, dir, "curl", "-sSf", "-I", url+"/data"); !strings.Contains(out, "Content-Length: 1048576") {
		t.Errorf("head: %s", out)
	}
	if out := peer(t, dir, "curl", "-sSf", url+"/"); !strings.Contains(out, `<a href="./data">data</a> 1048576 bytes`) {
		t.Errorf("list: %s", out)
	}
	out := peer(t, dir, "curl", "-sSv", url+"/none", url+"/data", "-o", "a", "-o", "b", "-w", "%{http_code} %{num_connects}\n")
	if !strings.Contains(out, "404 1\n") || !strings.Contains(out, "200 0\n") {
		t.Errorf("two requests on one connection: %s", out)
	}
	same(t, data, filepath.Join(dir, "b"))
	text := strings.Repeat("x", 2000)
	if out := peer(t, dir, "curl", "-sSf", "-H", "Transfer-Encoding: chunked", "-H", "Expect: 100-continue", "-d", text, url+"/post"); out != text {
		t.Errorf("posted %d bytes, came back %d", len(text), len(out))
	}
	etag := peer(t, dir, "curl", "-sSf", "--etag-save", "tag", "-o", "c", "-w", "%{http_code}", url+"/data") +
		peer(t, dir, "curl", "-sSf", "--etag-compare", "tag", "-o", "d", "-w", "%{http_code}", url+"/data")
	if etag != "200304" {
		t.Errorf("etag: %s", etag)
	}
}

const client = `
import http.client, sys
c = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=60)
def ask(method, path, body=None, **headers):
    c.request(method, path, body, headers)
    r = c.getresponse()
    return r.status, r.read(), r
for i in range(3): assert ask("GET", "/data")[1] == open(sys.argv[2], "rb").read()
assert ask("GET", "/data", Range="bytes=1-2,4-4")[2].getheader("content-type").startswith("multipart/byteranges")
assert ask("HEAD", "/data")[0:2] == (200, b"")
assert ask("GET", "/none")[0] == 404
assert ask("PUT", "/data", b"x" * 100)[0] == 405
s = ask("GET", "/data", **{"If-Modified-Since": ask("HEAD", "/data")[2].getheader("last-modified")})
assert s[0:2] == (304, b""), s
assert ask("POST", "/post", iter([b"ab", b"c"]))[1] == b"abc"
print("good")
`

// TestPythonHTTP lets Python's http.client speak to us on one connection.
func TestPythonHTTP(t *testing.T) {
	data := random(t, 100000)
	port := serving(t, fmt.Sprintf(`serve.http{port = 0, address = "127.0.0.1", root = %q, routes = {["/post"] = function(r) return r.body end}}`,
		filepath.Dir(data)))
	if out := peer(t, "", "/usr/bin/python3", "-c", client, port, data); out != "good\n" {
		t.Error(out)
	}
}

// TestDig lets dig judge answers: those of a zone, an alias, a wildcard, refusals, and one that needs TCP.
func TestDig(t *testing.T) {
	port := serving(t, `serve.dns{port = 0, address = "127.0.0.1", zone = {["www.lab"] = {"10.0.1.2", "fd00::2"},
		["alias.lab"] = {CNAME = "www.lab"}, lab = {MX = "10 www.lab", TXT = {"a text"}, NS = "www.lab"}, ["*.wild.lab"] = "10.0.2.2",
		["many.lab"] = (function() local l = {} for i = 1, 70 do l[i] = "10.9.0." .. i end return l end)()}}`)
	dig := func(args ...string) string {
		return peer(t, "", "dig", append([]string{"@127.0.0.1", "-p", port, "+tries=1"}, args...)...)
	}
	for question, want := range map[string]string{
		"www.lab":               "10.0.1.2\n",
		"www.lab AAAA":          "fd00::2\n",
		"alias.lab":             "www.lab.\n10.0.1.2\n",
		"lab MX":                "10 www.lab.\n",
		"lab TXT":               "\"a text\"\n",
		"lab SOA":               "ns.lab. hostmaster.lab. 1 3600 600 86400 60\n",
		"x.wild.lab":            "10.0.2.2\n",
		"-x 10.0.1.2":           "www.lab.\n",
		"-x fd00::2":            "www.lab.\n",
		"www.lab +tcp":          "10.0.1.2\n",
		"www.lab +cookie":       "10.0.1.2\n",
		"www.lab +edns=1":       "10.0.1.2\n", // it asks once more with version 0
		"www.lab +nsid +dnssec": "10.0.1.2\n",
	} {
		if out := dig(append(strings.Fields(question), "+short")...); out != want {
			t.Errorf("%s: %s", question, out)
		}
	}
	for question, want := range map[string]string{
		"no.lab":                 "status: NXDOMAIN",
		"www.lab MX":             "status: NOERROR",
		"example.org":            "status: REFUSED",
		"lab AXFR":               "Transfer failed",
		"version.bind TXT CH":    "status: REFUSED",
		"www.lab +opcode=status": "status: NOTIMP",
		"www.lab +header-only":   "status: FORMERR",
	} {
		if out := dig(strings.Fields(question)...); !strings.Contains(out, want) || strings.Contains(out, "Warning") || strings.Contains(out, "malformed") {
			t.Errorf("%s: %s", question, out)
		}
	}
	if out := dig("many.lab"); strings.Count(out, "10.9.0.") != 70 || !strings.Contains(out, "retrying in TCP mode") {
		t.Errorf("truncated: %s", out)
	}
}

// TestSmallServices lets curl and netcat's kin, Python's sockets, talk to the four small ones.
func TestSmallServices(t *testing.T) {
	for source, want := range map[string]string{
		"serve.echo{port = 0, address = '127.0.0.1'}":                "b'hello'\n",
		"serve.discard{port = 0, address = '127.0.0.1'}":             "b''\n",
		"serve.chargen{port = 0, address = '127.0.0.1', limit = 20}": "b'!\"#$%&\\'()*+,-./01234'\n",
	} {
		port := serving(t, source)
		out := peer(t, "", "/usr/bin/python3", "-c", `
import socket, sys
c = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 5)
c.sendall(b"hello"); c.shutdown(socket.SHUT_WR)
print(b"".join(iter(lambda: c.recv(100), b"")))`, port)
		if out != want {
			t.Errorf("%s: %s", source, out)
		}
	}
}
