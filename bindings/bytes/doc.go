// Package bytes is Lua's bytes module: binary strings packed and unpacked by format strings (Lua 5.3's string.pack,
// reference manual section 6.4.2), in hexadecimal, in base 64, summed and combined.
package bytes
