package tls

import (
	"crypto/tls"

	"moonwire/host/network"
)

// told tells of bytes that came or went, in the clear.
func (c *conn) told(name string, b []byte, n int, err error) {
	if c.tell == nil || n <= 0 && (err == nil || isTimeout(err)) {
		return
	}
	c.tell(network.Call{Name: name, Bytes: n, Data: string(b[:n]), Err: why(err)})
}

// toldHandshake tells what was agreed on.
func (c *conn) toldHandshake(err error) {
	if c.tell == nil {
		return
	}
	s := c.ConnectionState()
	call := network.Call{Name: "handshake", Err: why(err)}
	if err == nil {
		call.What = "TLS " + versionName(s.Version) + " " + tls.CipherSuiteName(s.CipherSuite)
	}
	c.tell(call)
}

// why is an error's text, "" for none.
func why(err error) string {
	if err == nil {
		return ""
	}
	return named(err).Error()
}
