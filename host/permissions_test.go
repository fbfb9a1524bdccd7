package host_test

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host"
	"moonwire/host/permit"
)

// allowed is a policy of some grants, parted by semicolons.
func allowed(t *testing.T, grants string) *permit.Policy {
	t.Helper()
	p := &permit.Policy{}
	for text := range strings.SplitSeq(grants, ";") {
		if strings.TrimSpace(text) == "" {
			continue
		}
		g, err := permit.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		p.Allow = append(p.Allow, g)
	}
	return p
}

// may runs Lua under some grants, and gives what it printed.
func may(t *testing.T, grants, code string) string {
	t.Helper()
	var out bytes.Buffer
	o := host.Options{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Permissions: allowed(t, grants), Getenv: func(name string) string { return "the " + name }}
	if err := host.New(o).Run(context.Background(), host.Code("test", code)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPermissions(t *testing.T) {
	t.Parallel()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir+"/in", []byte("content"), 0o644); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	_, port, _ := net.SplitHostPort(l.Addr().String())
	for _, tt := range []struct{ name, grants, code, want string }{
		{"tcp", "net 127.0.0.1:" + port + "/tcp", `local c, why = require "socket".connect("127.0.0.1", ` + port + `) print(c ~= nil, why) c:close()`, "true\tnil\n"},
		{"tcp, none", "", `print(require "socket".connect("127.0.0.1", 9))`,
			"nil\ttcp connect to 127.0.0.1:9 is not allowed: the script declares no net; --allow-net=127.0.0.1:9/tcp would allow it\n"},
		{"udp by dgram", "net 127.0.0.1:9/udp", `local s = require "dgram".udp() print(s:send("x", "127.0.0.1:10")) s:close()`,
			"nil\tdgram: udp send to 127.0.0.1:10 is not allowed: the script declares net 127.0.0.1:9/udp; --allow-net=127.0.0.1:10/udp would allow it\tdenied\n"},
		{"select on what is wrapped", "net 127.0.0.1/udp; listen 127.0.0.1/udp", `local socket = require "socket"
			local a, b = socket.udp(), socket.udp() a:setsockname("127.0.0.1", 0) b:sendto("hello", a:getsockname())
			local ready = socket.select({a}, nil, 5) print(ready[1] == a, (a:receive())) a:close() b:close()`, "true\thello\n"},
		{"names", "net example.com:80", `print(require "socket".dns.toip("example.net"))`,
			"nil\tlooking up example.net is not allowed: the script declares net example.com:80; --allow-net=example.net would allow it\n"},
		{"link", "", `print(require "link".open("lo"))`,
			"nil\tlink.open: lo: receiving frames on lo is not allowed: the script declares no raw or sniff; --allow-sniff=\"on lo\" would allow it\tdenied\n"},
		{"files", "read DIR/in", `print(io.open("DIR/in"):read("*a")) print(io.open("DIR/out", "w"))`,
			"content\nnil\tDIR/out: writing DIR/out is not allowed: the script declares no write; --allow-write=DIR/out would allow it\t13\n"},
		{"lfs", "", `print(require "lfs".attributes("DIR/in", "size"))`,
			"nil\tcannot obtain information from file 'DIR/in': looking at DIR/in is not allowed: the script declares no read; --allow-read=DIR/in would allow it\t13\n"},
		{"environment", "env HOME", `print(os.getenv "HOME", os.getenv "PATH")`, "the HOME\tnil\n"},
		{"programs", "", `print(io.popen "ls")`, "nil\tls: running ls is not allowed: the script declares no run; --allow-run=ls would allow it\t13\n"},
		{"unix sockets", "", `local s = require "socket.unix"() print(s:connect("DIR/socket"))`,
			"nil\tunix connect to DIR/socket is not allowed: the script declares no read; --allow-read=DIR/socket would allow it\n"},
		{"in a lab", "", `local net = require "lab" {"h1 -- h2"}
			print(net.h1:run(function() return (require "socket".connect(net.h2.address, 9)) == nil, select(2, require "socket".connect(net.h2.address, 9)) end))
			print(net.h1:run(function() return require "socket.unix"():connect("DIR/socket") end))`,
			"true\tconnection refused\nnil\tunix connect to DIR/socket is not allowed: the script declares no read; --allow-read=DIR/socket would allow it\n"},
		{"out of a lab", "", `local net = require "lab" {"h1 -- h2"} print(net:forward("127.0.0.1:0", "h1:80"))`,
			"nil\tlab:forward: forward 127.0.0.1:0 to 10.0.1.1:80: tcp bind to 127.0.0.1:0 is not allowed: the script declares no listen; --allow-listen=127.0.0.1/tcp would allow it\tdenied\n"},
		{"a bridge", "raw on eth9", `local net = require "lab" {"h1 -- h2"} print(net:bridge{node = "h1", iface = "lo"})`,
			"nil\tlab:bridge: joining a lab to lo is not allowed: the script declares raw on eth9; --allow-raw=\"on lo\" would allow it\tdenied\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fill := strings.NewReplacer("DIR", dir)
			if got, want := may(t, fill.Replace(tt.grants), fill.Replace(tt.code)), fill.Replace(tt.want); got != want {
				t.Errorf("got:  %swant: %s", got, want)
			}
		})
	}
}

// TestWorkersPermissions lets a worker try what its parent may not.
func TestWorkersPermissions(t *testing.T) {
	t.Parallel()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	code := `local port = ... port:send(table.concat({tostring((select(2, require "socket".connect("127.0.0.1", 9)))), tostring((select(2, io.open("/etc/passwd")))), tostring(os.getenv "PATH")}, "\n"))`
	if err := os.WriteFile(dir+"/w.lua", []byte(code), 0o644); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	o := host.Options{Stdout: &out, Stderr: &out, Permissions: &permit.Policy{}}
	s := host.Script{Name: dir + "/main.lua", Dir: dir, Source: `local w = require "task".worker("w") print(w:recv()) w:join()`}
	if err := host.New(o).Run(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	want := "tcp connect to 127.0.0.1:9 is not allowed: the script declares no net; --allow-net=127.0.0.1:9/tcp would allow it\n" +
		"/etc/passwd: reading /etc/passwd is not allowed: the script declares no read; --allow-read=/etc/passwd would allow it\nnil\n"
	if out.String() != want {
		t.Errorf("got:  %swant: %s", out.String(), want)
	}
}
