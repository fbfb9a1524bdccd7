// Package bit is Lua's bit module: bitwise operations on 32-bit numbers, with LuaJIT's names and results (Lua BitOp's
// semantics, bitop.luajit.org). Results are signed; bit.tohex and %u show them otherwise. u64 has the same operations
// for 64 bits.
package bit
