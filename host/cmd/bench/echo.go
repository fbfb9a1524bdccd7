package main

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"
)

var (
	//go:embed peers/echo.lua
	echoLua string
	//go:embed peers/echo.py
	echoPython string
)

// loadTime is how long one round of load lasts.
const loadTime = 1500 * time.Millisecond

// echo compares a Lua server with a plain Go server and with Python's asyncio streams, under the same load.
func echo(moonwire string) ([]row, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	servers := [3][]string{{moonwire, "-e", echoLua}, {self, "go-echo", "127.0.0.1:0"}, {"/usr/bin/python3", "-c", echoPython}}
	var rows []row
	for _, conns := range []int{1, 100, 10000} {
		var rates [3][]float64
		for range 3 {
			for i, argv := range servers {
				rate, err := serve(argv, conns)
				if err != nil {
					return rows, fmt.Errorf("%d connections: %v: %w", conns, argv[:2], err)
				}
				rates[i] = append(rates[i], rate)
			}
		}
		ours, plain, python := median(rates[0]), median(rates[1]), median(rates[2])
		name := fmt.Sprintf("%d connections: Lua / ", conns)
		rows = append(rows,
			row{name + "plain Go", perSecond(ours), perSecond(plain), ours / plain, ">= 0.8"},
			row{name + "asyncio streams", perSecond(ours), perSecond(python), ours / python, ">= 3"})
	}
	return rows, nil
}

func perSecond(r float64) string { return fmt.Sprintf("%.0f/s", r) }

// serve starts a server, which prints its port on its first line, and loads it.
func serve(argv []string, conns int) (float64, error) {
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	defer func() { cmd.Process.Kill(); cmd.Wait() }()
	var port int
	if _, err := fmt.Fscanln(bufio.NewReader(out), &port); err != nil {
		return 0, fmt.Errorf("reading the port: %w", err)
	}
	return load(fmt.Sprintf("127.0.0.1:%d", port), conns)
}

// load keeps one request under way on each connection and counts the answers.
func load(addr string, conns int) (float64, error) {
	var answers atomic.Int64
	var group sync.WaitGroup
	open := make([]net.Conn, 0, conns)
	defer func() {
		for _, c := range open {
			c.Close()
		}
		group.Wait()
	}()
	for range conns {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			return 0, err
		}
		open = append(open, c)
	}
	for _, c := range open {
		group.Go(func() {
			b := make([]byte, 64)
			for {
				if _, err := c.Write(b); err != nil {
					return
				}
				if _, err := io.ReadFull(c, b); err != nil {
					return
				}
				answers.Add(1)
			}
		})
	}
	time.Sleep(loadTime / 3) // warm
	before, start := answers.Load(), time.Now()
	time.Sleep(loadTime)
	return float64(answers.Load()-before) / time.Since(start).Seconds(), nil
}

// goEcho is the plain Go server.
func goEcho(args []string) error {
	l, err := net.Listen("tcp", args[0])
	if err != nil {
		return err
	}
	fmt.Println(l.Addr().(*net.TCPAddr).Port)
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		go func() {
			defer c.Close()
			b := make([]byte, 8192)
			for {
				n, err := c.Read(b)
				if err != nil {
					return
				}
				if _, err := c.Write(b[:n]); err != nil {
					return
				}
			}
		}()
	}
}
