package stdlib_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/hosttest"
)

// web answers each path with raw bytes, and logs what it was asked.
type web struct {
	net.Listener
	mu    sync.Mutex
	log   strings.Builder
	quit  chan struct{}
	tasks sync.WaitGroup
}

func startWeb(t *testing.T) *web {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &web{Listener: l, quit: make(chan struct{})}
	w.tasks.Go(w.serve)
	t.Cleanup(func() {
		close(w.quit)
		l.Close()
		w.tasks.Wait()
	})
	return w
}

func (w *web) serve() {
	for {
		c, err := w.Accept()
		if err != nil {
			return
		}
		w.answer(c) // one after the other, as they come in the log
	}
}

func (w *web) answer(c net.Conn) {
	defer c.Close()
	in := bufio.NewReader(c)
	head, _ := in.Peek(1)
	if len(head) == 0 {
		return
	}
	var first string
	var fields []string
	for {
		line, err := in.ReadString('\n')
		if err != nil || line == "\r\n" {
			break
		}
		if first == "" {
			first = strings.TrimRight(line, "\r\n")
		} else {
			fields = append(fields, strings.TrimRight(line, "\r\n"))
		}
	}
	slices.Sort(fields) // LuaSocket's order is that of a table
	body := readBody(in, fields)
	w.mu.Lock()
	fmt.Fprintf(&w.log, "%s | %s | %q\n", first, strings.Join(fields, " | "), body)
	w.mu.Unlock()
	path := strings.Fields(first)[1]
	if rest, ok := strings.CutPrefix(path, "http://"); ok {
		path = rest[strings.Index(rest, "/"):]
	}
	if path == "/silent" {
		<-w.quit
	}
	io.WriteString(c, reply(path))
}

func readBody(in *bufio.Reader, fields []string) string {
	r, err := http.ReadRequest(bufio.NewReader(io.MultiReader(
		strings.NewReader("POST / HTTP/1.1\r\n"+strings.Join(fields, "\r\n")+"\r\n\r\n"), in)))
	if err != nil {
		return err.Error()
	}
	b, _ := io.ReadAll(r.Body)
	return string(b)
}

var replies = map[string]string{
	"/204":        "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
	"/304":        "HTTP/1.1 304 Not Modified\r\n\r\nhello",
	"/404":        "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope",
	"/close":      "HTTP/1.0 200 OK\r\n\r\nhello world",
	"/long":       "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + strings.Repeat("0123456789", 500),
	"/chunked":    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
	"/trailer":    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nTrail: er\r\n\r\n",
	"/identity":   "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nabc",
	"/both":       "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
	"/100":        "HTTP/1.1 100 Continue\r\nA: b\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
	"/102":        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
	"/twice":      "HTTP/1.1 200 OK\r\nA: 1\r\nB: 2\r\nA: 3\r\nContent-Length: 0\r\n\r\n",
	"/folded":     "HTTP/1.1 200 OK\r\nA: 1\r\n 2\r\n\t3\r\nContent-Length: 0\r\n\r\n",
	"/noreason":   "HTTP/1.1 299\r\nContent-Length: 0\r\n\r\n",
	"/short":      "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nabc",
	"/shortchunk": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
	"/badchunk":   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
	"/badstatus":  "HTTP/1.1 xx OK\r\n\r\nabc",
	"/badheader":  "HTTP/1.1 200 OK\r\nAb\r\n\r\n",
	"/old":        "hello\nworld",
	"/none":       "",
	"/loop":       moved(302, "/loop"),
	"/noplace":    "HTTP/1.1 302 Found\r\nLocation:  \r\nContent-Length: 0\r\n\r\n",
	"/ftp":        moved(302, "ftp://x/y"),
	"/body":       "HTTP/1.1 302 Found\r\nLocation: /fin\r\nContent-Length: 5\r\n\r\nmoved",
	"/up/a/b":     moved(302, "../fin"),
	"/space":      moved(302, "/a b"),
	"/fragment":   moved(302, "/fin#part"),
}

func moved(code int, to string) string {
	return fmt.Sprintf("HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", code, to)
}

func reply(path string) string {
	if to, ok := strings.CutPrefix(path, "/to/"); ok {
		return moved(302, "/"+to)
	}
	if to, ok := strings.CutPrefix(path, "/away/"); ok {
		return moved(302, "http://"+to)
	}
	var code int
	if n, _ := fmt.Sscanf(path, "/%d", &code); n == 1 && replies[path] == "" {
		return moved(code, "/fin")
	}
	if r, ok := replies[path]; ok {
		return r
	}
	return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Path: " + path + "\r\n\r\nok"
}

// base is the server's URL, its port replaced where output is compared.
func (w *web) base() string { return "http://" + w.Addr().String() }

func (w *web) mask(output string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.ReplaceAll(output+"\n"+w.log.String(), w.Addr().String(), "SERVER")
}

const httpCases = "testdata/http/cases.lua"

func httpSource(t *testing.T, w *web) string {
	return fmt.Sprintf("BASE = %q ", w.base()) + read(t, httpCases)
}

// LuaSocket 3.1.0 printed cases.out, and its requests stand below.
func TestHTTPCases(t *testing.T) {
	t.Parallel()
	w := startWeb(t)
	out := hosttest.Run(t, httpSource(t, w), catalog.Modules()...)
	compare(t, w.mask(out), read(t, golden(httpCases)))
}

// What is better here than in LuaSocket, and on purpose.
func TestHTTPDiffers(t *testing.T) {
	t.Parallel()
	w := startWeb(t)
	out := hosttest.Run(t, fmt.Sprintf("local BASE = %q ", w.base())+`
		local http, ltn12 = require "socket.http", require "ltn12"
		http.USERAGENT = "test"
		local function try(request) print((select(2, assert(http.request(request))))) end
		try(BASE .. "/102") -- any interim answer is passed over, not 100 alone
		print(http.request(BASE .. "/old")) -- HTTP/0.9
		try(BASE .. "/x#part") -- no fragment on the wire
		try(BASE .. "/fragment")
		try(BASE .. "/space") -- a space in a location is escaped
		try {url = BASE .. "/x", method = "PUT", source = ltn12.source.table {"a", "", "b"}} -- "" ends no body
		local there = BASE:gsub("127.0.0.1", "localhost"):gsub("http://", "/away/") .. "/fin"
		try {url = BASE .. there, headers = {authorization = "secret", cookie = "c", host = "h", other = "o"}}
		print(http.request("gopher://h/"))
		print(http.request("HTTP" .. BASE:sub(5) .. "/fin"))
		print(pcall(function() http.request() end))
	`, catalog.Modules()...)
	got := strings.ReplaceAll(w.mask(out), "localhost:"+w.base()[len("http://127.0.0.1:"):], "OTHER")
	want := `200
hello
world	200	nil	nil
200
200
200
200
200
nil	unknown scheme 'gopher'
ok	200	TABLE	HTTP/1.1 200 OK
false	test:15: bad argument #1 to 'request' (string or table expected, got nil)
`
	head, log, _ := strings.Cut(got, "\n\n")
	lines := strings.Split(head, "\n")
	for i, l := range lines {
		if at := strings.Index(l, "table: "); at >= 0 {
			lines[i] = l[:at] + "TABLE" + l[at+strings.Index(l[at:], "\t"):]
		}
	}
	compare(t, strings.Join(lines, "\n")+"\n", want)
	for _, part := range []string{"GET /x HTTP", "GET /fin HTTP", "GET /a%20b HTTP", `"ab"`, "Host: OTHER | TE: trailers | User-Agent: test | other: o"} {
		if !strings.Contains(log, part) {
			t.Errorf("no %q among the requests\n%s", part, log)
		}
	}
	if strings.Count(log, "secret") != 1 {
		t.Errorf("a secret went to another host\n%s", log)
	}
}
