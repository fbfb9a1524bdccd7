package sockets_test

import (
	"io"
	"net"
	"runtime"
	"testing"

	"moonwire/host/network"
)

// BenchmarkDatagrams sends small datagrams from socket to socket through a router: ns/op is the pace of those that arrive.
func BenchmarkDatagrams(b *testing.B) {
	from, _, to := realtime(b).path()
	far, err := to.ListenPacket(b.Context(), "udp", "10.0.2.1:7", &network.SockOpts{RecvBuffer: 1 << 20})
	if err != nil {
		b.Fatal(err)
	}
	near, err := from.Packet(b.Context(), "udp", nil)
	if err != nil {
		b.Fatal(err)
	}
	if err := near.Connect(udpAddr("10.0.2.1:7")); err != nil {
		b.Fatal(err)
	}
	got := 0
	done := make(chan struct{})
	go func() {
		defer close(done)
		buf := make([]byte, 2000)
		for {
			n, _, err := far.ReadMsg(buf)
			if err != nil || n == 1 {
				return
			}
			got++
		}
	}()
	payload := make([]byte, 64)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		if _, err := near.WriteMsg(payload, network.Meta{}); err != nil {
			b.Fatal(err)
		}
	}
	for range 50 { // the last may be lost
		near.WriteMsg(payload[:1], network.Meta{})
	}
	<-done
	b.StopTimer()
	b.ReportMetric(float64(got)/b.Elapsed().Seconds(), "arrived/s")
	b.ReportMetric(100*float64(b.N-got)/float64(b.N), "%lost")
}

// BenchmarkBulk sends a stream through a router, and by this machine's loopback.
func BenchmarkBulk(b *testing.B) {
	b.Run("lab", func(b *testing.B) {
		from, _, to := realtime(b).path()
		l, err := to.Listen(b.Context(), "tcp", "10.0.2.1:7", nil)
		if err != nil {
			b.Fatal(err)
		}
		bulk(b, l, func() (net.Conn, error) { return from.Dial(b.Context(), "tcp", "10.0.2.1:7", nil) })
	})
	b.Run("kernel", func(b *testing.B) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			b.Fatal(err)
		}
		bulk(b, l, func() (net.Conn, error) { return net.Dial("tcp", l.Addr().String()) })
	})
}

func bulk(b *testing.B, l net.Listener, dial func() (net.Conn, error)) {
	const piece = 256 << 10
	done := make(chan int64)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		n, buf := int64(0), make([]byte, piece)
		for {
			m, err := c.Read(buf)
			n += int64(m)
			if err != nil {
				break
			}
		}
		done <- n
	}()
	c, err := dial()
	if err != nil {
		b.Fatal(err)
	}
	buf := make([]byte, piece)
	b.SetBytes(piece)
	b.ResetTimer()
	for range b.N {
		if _, err := c.Write(buf); err != nil {
			b.Fatal(err)
		}
	}
	c.(interface{ CloseWrite() error }).CloseWrite()
	if n := <-done; n != int64(b.N)*piece {
		b.Fatalf("%d bytes arrived, want %d", n, b.N*piece)
	}
}

// BenchmarkIdle measures the memory of what does nothing.
func BenchmarkIdle(b *testing.B) {
	measure := func(b *testing.B, open func(a, c *host) io.Closer) {
		w := realtime(b)
		a, c := w.pair()
		open(a, c)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		keep := make([]io.Closer, b.N)
		for i := range keep {
			keep[i] = open(a, c)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(b.N), "B/one")
		runtime.KeepAlive(keep)
	}
	b.Run("udp", func(b *testing.B) {
		measure(b, func(a, _ *host) io.Closer {
			p, err := a.ListenPacket(b.Context(), "udp4", "10.0.0.1:0", nil)
			if err != nil {
				b.Fatal(err)
			}
			return p
		})
	})
	b.Run("tcp", func(b *testing.B) {
		var l network.Listener
		measure(b, func(a, c *host) io.Closer {
			if l == nil || a == nil {
				l, _ = c.Listen(b.Context(), "tcp4", "10.0.0.2:7", nil)
			}
			conn, err := a.Dial(b.Context(), "tcp4", "10.0.0.2:7", nil)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := l.AcceptConn(); err != nil {
				b.Fatal(err)
			}
			return conn
		})
	})
}
