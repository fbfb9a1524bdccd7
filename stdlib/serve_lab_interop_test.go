//go:build interop && linux

package stdlib_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"moonwire/host/network/nettest"
)

// inLab is Lua that serves a directory's files from host h2 of a lab.
const inLab = `(function()
	local lab = require "lab"
	net = lab{"h1 -- R1 -- h2"}
	assert(net.h2:serve_http{root = %[1]q})
	assert(net.h2:serve_tftp{root = %[1]q})
	%[2]s
end)()`

// TestPeersThroughBridge lets curl and tftp fetch a mebibyte from a lab's host, across a TAP device and a router.
func TestPeersThroughBridge(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	data := random(t, mebibyte)
	serving(t, fmt.Sprintf(inLab, filepath.Dir(data), `
		assert(net:bridge{node = "h1", tap = "mw-serve", addresses = {"10.0.1.9/24"}, routes = {["10.0.0.0/16"] = "10.0.1.1"}})
		return {port = 80}`))
	dir := t.TempDir()
	peer(t, dir, "curl", "-sSf", "-m", "20", "-o", "http", "http://10.0.2.2/data")
	same(t, data, filepath.Join(dir, "http"))
	peer(t, dir, "curl", "-sSf", "-m", "20", "-o", "curl", "tftp://10.0.2.2/data")
	same(t, data, filepath.Join(dir, "curl"))
	peer(t, dir, "tftp", "-m", "octet", "10.0.2.2", "-c", "get", "data", "tftp")
	same(t, data, filepath.Join(dir, "tftp"))
}

// TestCurlThroughForward lets curl fetch a mebibyte from a lab's host by a port of this machine, without privileges.
func TestCurlThroughForward(t *testing.T) {
	data := random(t, mebibyte)
	port := serving(t, fmt.Sprintf(inLab, filepath.Dir(data), `
		return {port = assert(net:forward("127.0.0.1:0", "h2:80")):address():match("%d+$")}`))
	dir := t.TempDir()
	peer(t, dir, "curl", "-sSf", "-m", "20", "-o", "http", "http://127.0.0.1:"+port+"/data")
	same(t, data, filepath.Join(dir, "http"))
}
