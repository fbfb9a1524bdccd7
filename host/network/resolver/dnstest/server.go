// Package dnstest is a name server for tests: it answers from a table, truncates what doesn't fit, and fails on demand.
package dnstest

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// A Zone is what the server knows, by full name with its final dot.
type Zone map[string]Records

// Records are those of one name.
type Records struct {
	A, AAAA, PTR []string
	CNAME        string
	TXT          bool // the name exists
	Fail         bool // SERVFAIL
	FailAAAA     bool // SERVFAIL for AAAA alone
	Silent       bool // no answer at all
}

// Range is n addresses that begin with prefix.
func Range(prefix string, n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprint(prefix, i+1))
	}
	return out
}

// Serve answers at addr by UDP and TCP until the test ends, and returns the address it got.
func Serve(t *testing.T, addr string, z Zone) netip.AddrPort {
	t.Helper()
	p, l, err := listen(addr)
	for try := 0; err != nil && try < 20; try++ { // a free UDP port may be a busy TCP port
		p, l, err = listen(addr)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.Close()
		l.Close()
	})
	go z.serveUDP(p)
	go z.serveTCP(l)
	return netip.MustParseAddrPort(p.LocalAddr().String())
}

// listen opens the same port for UDP and TCP.
func listen(addr string) (net.PacketConn, net.Listener, error) {
	p, err := net.ListenPacket("udp", addr)
	if err != nil {
		return nil, nil, err
	}
	l, err := net.Listen("tcp", p.LocalAddr().String())
	if err != nil {
		p.Close()
		return nil, nil, err
	}
	return p, l, nil
}

func (z Zone) serveUDP(p net.PacketConn) {
	b := make([]byte, 512)
	for {
		n, peer, err := p.ReadFrom(b)
		if err != nil {
			return
		}
		if answer := z.answer(b[:n], 512); answer != nil {
			p.WriteTo(answer, peer)
		}
	}
}

func (z Zone) serveTCP(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			var size [2]byte
			for {
				if _, err := io.ReadFull(c, size[:]); err != nil {
					return
				}
				b := make([]byte, binary.BigEndian.Uint16(size[:]))
				if _, err := io.ReadFull(c, b); err != nil {
					return
				}
				answer := z.answer(b, 1<<16)
				c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(answer))), answer...))
			}
		}()
	}
}

// answer packs the reply to a packed query, without records when they need more than limit bytes.
func (z Zone) answer(query []byte, limit int) []byte {
	var m dnsmessage.Message
	if m.Unpack(query) != nil || len(m.Questions) != 1 {
		return nil
	}
	q := m.Questions[0]
	r, known := z[strings.ToLower(q.Name.String())]
	if r.Silent {
		return nil
	}
	m.Response, m.RecursionAvailable = true, true
	switch {
	case !known:
		m.RCode = dnsmessage.RCodeNameError
	case r.Fail, r.FailAAAA && q.Type == dnsmessage.TypeAAAA:
		m.RCode = dnsmessage.RCodeServerFailure
	default:
		m.RCode = z.records(&m, q.Name, q.Type)
	}
	b, err := m.Pack()
	if err == nil && len(b) > limit {
		m.Truncated, m.Answers = true, nil
		b, err = m.Pack()
	}
	if err != nil {
		return nil
	}
	return b
}

// records adds the answers for name, following its aliases, and gives the code: the last alias may lead nowhere.
func (z Zone) records(m *dnsmessage.Message, name dnsmessage.Name, kind dnsmessage.Type) dnsmessage.RCode {
	r, known := z[strings.ToLower(name.String())]
	if !known {
		return dnsmessage.RCodeNameError
	}
	add := func(kind dnsmessage.Type, body dnsmessage.ResourceBody) {
		m.Answers = append(m.Answers, dnsmessage.Resource{
			Header: dnsmessage.ResourceHeader{Name: name, Type: kind, Class: dnsmessage.ClassINET, TTL: 60}, Body: body})
	}
	if r.CNAME != "" {
		target := dnsmessage.MustNewName(r.CNAME)
		add(dnsmessage.TypeCNAME, &dnsmessage.CNAMEResource{CNAME: target})
		return z.records(m, target, kind)
	}
	switch kind {
	case dnsmessage.TypeA:
		for _, a := range r.A {
			add(kind, &dnsmessage.AResource{A: netip.MustParseAddr(a).As4()})
		}
	case dnsmessage.TypeAAAA:
		for _, a := range r.AAAA {
			add(kind, &dnsmessage.AAAAResource{AAAA: netip.MustParseAddr(a).As16()})
		}
	case dnsmessage.TypePTR:
		for _, n := range r.PTR {
			add(kind, &dnsmessage.PTRResource{PTR: dnsmessage.MustNewName(n)})
		}
	}
	return dnsmessage.RCodeSuccess
}
