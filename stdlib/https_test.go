package stdlib_test

import (
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/hosttest"
)

// tunnelProxy joins CONNECT requests to the server they name, wherever the name points.
func tunnelProxy(t *testing.T, server string) *httptest.Server {
	p := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || r.Header.Get("Proxy-Authorization") != "Basic dTpw" {
			http.Error(w, "no", http.StatusProxyAuthRequired)
			return
		}
		to, err := net.Dial("tcp", server)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		c, buffered, _ := w.(http.Hijacker).Hijack()
		io.WriteString(c, "HTTP/1.1 200 Tunnel\r\nX: y\r\n\r\n")
		go func() {
			io.Copy(to, buffered)
			to.Close()
		}()
		io.Copy(c, to)
		c.Close()
	}))
	t.Cleanup(p.Close)
	return p
}

func TestHTTPS(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/to" {
			http.Redirect(w, r, "/there", http.StatusFound)
			return
		}
		fmt.Fprintf(w, "%s %s at %s", r.Method, r.URL, r.Host)
	}))
	t.Cleanup(server.Close)
	server.Config.ErrorLog = nil
	address := server.Listener.Addr().String()
	port := address[strings.LastIndex(address, ":")+1:]
	proxy := strings.Replace(tunnelProxy(t, address).URL, "//", "//u:p@", 1)
	root := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	plain := startWeb(t)
	out := hosttest.Run(t, fmt.Sprintf("local CA, PORT, PROXY, PLAIN = %q, %q, %q, %q\n", root, port, proxy, plain.base())+`
		local http, ltn12 = require "socket.http", require "ltn12"
		local function get(t)
			local sink, chunks = ltn12.sink.table()
			t.sink = sink
			local ok, code = http.request(t)
			print(ok, code, table.concat(chunks))
		end
		local base = "https://127.0.0.1:" .. PORT
		get {url = base .. "/x?y=1", tls = {ca = CA}}
		get {url = base .. "/to", tls = {ca = CA}}
		get {url = base .. "/x", verify = "none"}
		get {url = base .. "/x", tls = {ca = CA, name = "example.com"}}
		get {url = "https://example.com:" .. PORT .. "/far", tls = {ca = CA}, proxy = PROXY}
		get {url = "https://example.com:" .. PORT .. "/far", tls = {ca = CA}, proxy = PROXY:gsub("u:p@", "")}
		get {url = PLAIN .. "/away/x", redirect = false}
		print((select(2, http.request(base .. "/x")):gsub("127.0.0.1:" .. PORT, "SERVER")))
		print((select(2, http.request {url = base .. "/x", tls = {ca = CA, name = "other.test"}})))
	`, catalog.Modules()...)
	out = strings.ReplaceAll(out, port, "PORT")
	want := `1	200	GET /x?y=1 at 127.0.0.1:PORT
1	200	GET /there at 127.0.0.1:PORT
1	200	GET /x at 127.0.0.1:PORT
1	200	GET /x at 127.0.0.1:PORT
1	200	GET /far at example.com:PORT
nil	proxy: HTTP/1.1 407 Proxy Authentication Required	
1	302	
`
	head, tail := cutLines(out, 7)
	compare(t, head, want)
	for i, line := range strings.Split(strings.TrimSpace(tail), "\n") {
		if !strings.Contains(line, "certificate") {
			t.Errorf("a bad certificate, %d: %s", i, line)
		}
	}
}

// cutLines parts the first n lines from the rest.
func cutLines(s string, n int) (head, tail string) {
	lines := strings.SplitAfter(s, "\n")
	n = min(n, len(lines))
	return strings.Join(lines[:n], ""), strings.Join(lines[n:], "")
}
