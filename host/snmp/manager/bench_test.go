package manager_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"net/netip"
	"testing"
	"time"

	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// fiveNames are what polls ask for.
var fiveNames = []oid.OID{system.Append(1, 0), system.Append(2, 0), system.Append(3, 0), system.Append(5, 0), system.Append(7, 0)}

// canned is an agent that gives one answer, with the request id of the question.
func canned(b *testing.B) netip.AddrPort {
	b.Helper()
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		b.Fatal(err)
	}
	conn.SetReadBuffer(4 << 20)
	b.Cleanup(func() { conn.Close() })
	question, answer := messages(b)
	from, to := place(question), place(answer)
	go func() {
		in := make([]byte, 2048)
		for {
			_, peer, err := conn.ReadFromUDPAddrPort(in)
			if err != nil {
				return
			}
			copy(answer[to:to+4], in[from:])
			conn.WriteToUDPAddrPort(answer, peer)
		}
	}()
	return conn.LocalAddr().(*net.UDPAddr).AddrPort()
}

const mark = 0x51525354

// messages are a question for five values and its answer, with request id mark.
func messages(b *testing.B) (question, answer []byte) {
	b.Helper()
	for _, m := range []struct {
		out  *[]byte
		pdu  message.PDUType
		vars []message.Var
	}{{&question, message.Get, message.Ask(fiveNames...)}, {&answer, message.Response, sample(0)[:5]}} {
		data, err := (&message.Message{Version: message.V2c, Community: []byte("public"), PDU: &message.PDU{Type: m.pdu, RequestID: mark, Vars: m.vars}}).Encode()
		if err != nil {
			b.Fatal(err)
		}
		*m.out = data
	}
	return question, answer
}

// place is where the request id stands.
func place(data []byte) int { return bytes.Index(data, binary.BigEndian.AppendUint32(nil, mark)) }

const pollSize = 1000

// BenchmarkPoll polls 1,000 agents for five values.
func BenchmarkPoll(b *testing.B) {
	at := canned(b)
	targets := make([]manager.Target, pollSize)
	for i := range targets {
		targets[i].Addr = at.String()
	}
	retries := uint64(0)
	b.ReportAllocs()
	for b.Loop() {
		p, err := manager.Poll(b.Context(), targets, fiveNames, manager.PollOptions{Options: manager.Options{Version: message.V2c, Community: []byte("public")}})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for err == nil {
			var list []manager.Result
			if list, err = p.Next(b.Context()); err == nil {
				for _, r := range list {
					if r.Err == nil && len(r.Vars) == 5 {
						n++
					}
				}
			}
		}
		if err != io.EOF || n != pollSize {
			b.Fatalf("%d answers, %v", n, err)
		}
		retries += p.Stats().Retries
		p.Close()
	}
	b.ReportMetric(float64(retries)/float64(b.N), "retries/op")
}

// BenchmarkBareLoop is what a program does that only sends and decodes: a socket, a window of questions, no retries.
func BenchmarkBareLoop(b *testing.B) {
	at := canned(b)
	question, _ := messages(b)
	id := place(question)
	in := make([]byte, 2048)
	b.ReportAllocs()
	for b.Loop() {
		conn, err := net.ListenUDP("udp4", nil)
		if err != nil {
			b.Fatal(err)
		}
		conn.SetReadDeadline(time.Now().Add(10 * time.Second))
		sent, got := 0, 0
		for got < pollSize {
			for sent < pollSize && sent-got < 64 {
				binary.BigEndian.PutUint32(question[id:], uint32(1<<30+sent))
				conn.WriteToUDPAddrPort(question, at)
				sent++
			}
			n, _, err := conn.ReadFromUDPAddrPort(in)
			if err != nil {
				b.Fatal(err)
			}
			if m, err := message.Decode(in[:n]); err == nil && len(m.PDU.Vars) == 5 {
				got++
			}
		}
		conn.Close()
	}
}

// BenchmarkGet asks one agent for one value after the other.
func BenchmarkGet(b *testing.B) {
	s, err := manager.Open(b.Context(), manager.Options{Addr: canned(b).String(), Version: message.V2c, Community: []byte("public")})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Get(b.Context(), fiveNames...); err != nil {
			b.Fatal(err)
		}
	}
}
