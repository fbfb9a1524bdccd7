//go:build unix

package network

import (
	"context"
	"io"
	"net"
	"testing"
)

// BenchmarkEcho compares a round trip over this package's connections with package net's.
func BenchmarkEcho(b *testing.B) {
	b.Run("network", func(b *testing.B) {
		l, err := Kernel().Listen(b.Context(), "tcp", "127.0.0.1:0", nil)
		if err != nil {
			b.Fatal(err)
		}
		defer l.Close()
		go echo(l)
		c, err := Kernel().Dial(b.Context(), "tcp", l.Addr().String(), nil)
		if err != nil {
			b.Fatal(err)
		}
		roundTrips(b, c)
	})
	b.Run("net", func(b *testing.B) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			b.Fatal(err)
		}
		defer l.Close()
		go echo(l)
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			b.Fatal(err)
		}
		roundTrips(b, c)
	})
}

// echo serves one connection.
func echo(l net.Listener) {
	c, err := l.Accept()
	if err != nil {
		return
	}
	defer c.Close()
	b := make([]byte, 64)
	for {
		n, err := c.Read(b)
		if err != nil {
			return
		}
		c.Write(b[:n])
	}
}

func roundTrips(b *testing.B, c net.Conn) {
	defer c.Close()
	buf := make([]byte, 64)
	b.ReportAllocs()
	for b.Loop() {
		c.Write(buf)
		if _, err := io.ReadFull(c, buf); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDatagram compares one datagram sent and received.
func BenchmarkDatagram(b *testing.B) {
	b.Run("network", func(b *testing.B) {
		p, err := Kernel().ListenPacket(b.Context(), "udp4", "127.0.0.1:0", nil)
		if err != nil {
			b.Fatal(err)
		}
		pingPong(b, p)
	})
	b.Run("net", func(b *testing.B) {
		p, err := net.ListenPacket("udp4", "127.0.0.1:0")
		if err != nil {
			b.Fatal(err)
		}
		pingPong(b, p)
	})
}

func pingPong(b *testing.B, p net.PacketConn) {
	defer p.Close()
	self, buf := p.LocalAddr(), make([]byte, 64)
	b.ReportAllocs()
	for b.Loop() {
		p.WriteTo(buf, self)
		if _, _, err := p.ReadFrom(buf); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTry is a look at an empty socket, which settimeout(0) and select do again and again.
func BenchmarkTry(b *testing.B) {
	p, err := Kernel().ListenPacket(b.Context(), "udp4", "127.0.0.1:0", nil)
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close()
	over, cancel := context.WithCancel(b.Context())
	cancel()
	buf := make([]byte, 64)
	b.Run("TryRead", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p.TryRead(buf)
		}
	})
	b.Run("Ready", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p.Ready(over, Readable)
		}
	})
}
