package bytes

import (
	"moonwire/host/decl"
)

// Module declares all that Lua sees as require "bytes".
func Module() *decl.Module {
	return &decl.Module{
		Name:   "bytes",
		Doc:    "Binary strings: packed and unpacked by format, in hexadecimal and base 64, summed and combined.",
		Source: "Lua 5.3 reference manual, section 6.4.2 (string.pack)",
		Funcs: []decl.Function{
			decl.Raw{Name: "pack", Run: pack, Why: "called per message, with any number of values",
				Doc:     "Pack values into a string as the format says.\n\n" + formatDoc,
				Params:  []decl.Param{formatParam, {Name: "values", Type: "any", Variadic: true, Optional: true, Doc: "one for each option that takes one; u64 for integers that pass 2^53"}},
				Results: []decl.Param{{Name: "data", Type: "string", Doc: "the packed bytes"}},
				Example: "bytes.hex(bytes.pack(\">I2 s1\", 258, \"ab\")) --> \"0102026162\"",
			},
			decl.Raw{Name: "unpack", Run: unpack, Why: "called per message, with any number of results",
				Doc: "Read values from a string as the format says. Unsigned integers of seven bytes and more (I7, I8, J, T, L) are u64; signed ones that pass 2^53 raise.",
				Params: []decl.Param{formatParam, {Name: "data", Type: "string", Doc: "packed bytes"},
					{Name: "position", Type: "integer", Optional: true, Default: "1", Doc: "where to begin; negative from the end"}},
				Results: []decl.Param{{Name: "values", Type: "any", Variadic: true, Doc: "then the position after the last byte read"}},
				Example: "bytes.unpack(\">I2 s1\", \"\\1\\2\\2ab\") --> 258, \"ab\", 6",
			},
			decl.Raw{Name: "packsize", Run: packsize, Why: "shares its reader of formats with pack",
				Doc:     "Length of what pack makes with a format that has no s or z.",
				Params:  []decl.Param{formatParam},
				Results: []decl.Param{{Name: "size", Type: "integer", Doc: "bytes"}},
				Example: `bytes.packsize("<I4 I2 x d") --> 15`,
			},
			decl.Fn[hexArgs, string]{Name: "hex", Run: toHex, Doc: "Write bytes in hexadecimal.",
				Example: "bytes.hex(\"\\1\\171\") --> \"01ab\"\nbytes.hex(\"\\1\\171\", \":\") --> \"01:ab\""},
			decl.Fn[textArgs, []byte]{Name: "unhex", Run: fromHex, Fails: []string{decl.Malformed},
				Doc:     "Read hexadecimal; white space, colons, dots and dashes don't count.",
				Example: `bytes.unhex("de:ad be-ef") == "\222\173\190\239" --> true`},
			decl.Fn[dumpArgs, string]{Name: "hexdump", Run: hexdump, Default: dumpArgs{Width: 16},
				Doc:     "Draw bytes as offset, hexadecimal and text, a line for every sixteen.",
				Example: `bytes.hexdump("moonwire", {width=4}) --> "00000000  6d 6f 6f 6e  moon\n00000004  77 69 72 65  wire\n"`},
			decl.Fn[dataArgs, string]{Name: "base64", Run: toBase64, Doc: "Write bytes in base 64.",
				Source: "RFC 4648 section 4", Example: `bytes.base64("foob") --> "Zm9vYg=="`},
			decl.Fn[textArgs, []byte]{Name: "unbase64", Run: fromBase64, Fails: []string{decl.Malformed},
				Doc:    "Read base 64, in the standard alphabet or the URL one, padded or not; line ends don't count.",
				Source: "RFC 4648 sections 4 and 5", Example: `bytes.unbase64("Zm9vYg") --> "foob"`},
			decl.Fn[checksumArgs, uint32]{Name: "checksum", Run: checksum, Default: checksumArgs{Kind: "internet"},
				Doc:     "Sum bytes: internet (16 bits, in the order of the wire), crc32 (Ethernet), crc32c (SCTP, iSCSI), crc16 (PPP, HDLC), adler32, fletcher16.",
				Source:  "RFC 1071, RFC 1662 appendix C, RFC 3309, RFC 1950, RFC 1146",
				Example: "bytes.checksum(\"\\0\\1\\242\\3\\244\\245\\246\\247\") --> 8717\nbytes.checksum(\"123456789\", \"crc32\") --> 3421780262"},
			decl.Fn[xorArgs, []byte]{Name: "xor", Run: xor, Doc: "Combine each byte with those of a key by exclusive or.",
				Example: `bytes.xor("moon", "\32") --> "MOON"`},
			decl.Fn[findArgs, found]{Name: "find", Run: find, Default: findArgs{From: 1},
				Doc:     "Find bytes within bytes; unlike string.find, no character is special.",
				Example: `bytes.find("a.b.c", ".", 3) --> 4, 4`},
		},
	}
}

var formatParam = decl.Param{Name: "format", Type: "string", Doc: "options as in Lua 5.3's string.pack"}

const formatDoc = `Options: < little endian (the default), > big endian, = native, ![n] align to n; b B h H l L j J T ` +
	`integers of 1, 2, 8, 8 and 8 bytes, capitals unsigned; i[n] I[n] integers of n bytes (4); f d n float, double, double; ` +
	`s[n] string after its length in n bytes (8); z string ended by a zero; c[n] string of n bytes; x one zero byte; ` +
	`X[op] align as op; spaces are ignored.`
