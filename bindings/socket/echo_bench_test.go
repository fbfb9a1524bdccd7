package socket_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"syscall"
	"testing"

	"moonwire/bindings/socket"
	"moonwire/host/decl"
	"moonwire/host/vm"
)

// luaEcho is an echo server with a task for each connection.
const luaEcho = `
local socket, task = require "socket", require "task"
local server = assert(socket.bind("127.0.0.1", 0, 4096))
print((select(2, server:getsockname())))
local function serve(client)
  while true do
    local data = client:receive(64)
    if not data then break end
    client:send(data)
  end
  client:close()
end
while true do task.spawn(serve, server:accept()) end`

// BenchmarkEcho compares request rates of a Lua echo server and a plain Go one, 64 bytes a request.
func BenchmarkEcho(b *testing.B) {
	for _, conns := range []int{1, 100, 10000} {
		b.Run(fmt.Sprintf("go/%d", conns), func(b *testing.B) { benchEcho(b, startGoEcho(b), conns) })
		b.Run(fmt.Sprintf("lua/%d", conns), func(b *testing.B) { benchEcho(b, startLuaEcho(b), conns) })
	}
}

func startGoEcho(b *testing.B) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				buf := make([]byte, 64)
				for {
					if _, err := io.ReadFull(c, buf); err != nil {
						return
					}
					c.Write(buf)
				}
			}()
		}
	}()
	return l.Addr().String()
}

func startLuaEcho(b *testing.B) string {
	r, w := io.Pipe()
	rt, err := vm.New(vm.Options{Modules: []*decl.Module{socket.Module()}, Stdout: w})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		rt.Run(ctx, "@echo.lua", luaEcho)
	}()
	b.Cleanup(func() { cancel(); <-done; rt.Close() })
	port, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return "127.0.0.1:" + port[:len(port)-1]
}

// benchEcho sends b.N requests over conns connections, one at a time on each.
func benchEcho(b *testing.B, addr string, conns int) {
	clients := make([]net.Conn, conns)
	for i := range clients {
		c, err := net.Dial("tcp", addr)
		if errors.Is(err, syscall.EMFILE) {
			b.Skipf("needs %d open files", 2*conns)
		}
		if err != nil {
			b.Fatal(err)
		}
		defer c.Close()
		clients[i] = c
	}
	b.ResetTimer()
	var all sync.WaitGroup
	for i, c := range clients {
		n := b.N / conns
		if i < b.N%conns {
			n++
		}
		all.Go(func() {
			buf := make([]byte, 64)
			for range n {
				c.Write(buf)
				if _, err := io.ReadFull(c, buf); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
}
