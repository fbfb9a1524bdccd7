// Package stdlib holds the modules written in Lua: NAME.lua is require "NAME", a/b.lua is require "a.b".
package stdlib

import "embed"

// FS holds the modules' sources.
//
//go:embed *.lua arp expect framing ladder lossy plot pmtu pool probe serve socket
var FS embed.FS
