package pcap

import (
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// Module declares all that Lua sees as require "pcap".
func Module() *decl.Module {
	return &decl.Module{
		Name: "pcap",
		Doc: "Capture files: pcap and pcapng, read and written as streams, from files, pipes and the standard streams, compressed by gzip or " +
			"not. A file that is cut short is readable up to its last whole packet, and then says so.",
		Source: "draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng",
		Funcs: []decl.Function{
			decl.Raw{Name: "open", Run: open, Why: "reads the host's standard input", Blocks: true, Fails: openFails,
				Doc:     "Open a capture file to read it. Its format and compression are found by themselves.",
				Params:  []decl.Param{{Name: "path", Type: "string", Doc: "file or named pipe; - is the standard input"}},
				Options: decl.OptionParams(openOptions{}),
				Results: []decl.Param{{Name: "file", Type: "pcap{reader}", Doc: "iterate over its packets"}},
				Example: onFile("local f = assert(pcap.open(name))\nf:format(), f:count() --> \"pcapng\", 2")},
			decl.Raw{Name: "decode", Run: decode, Why: "shares its options with open", Fails: []string{decl.Malformed},
				Doc:     "Read a capture file that is in memory.",
				Params:  []decl.Param{{Name: "bytes", Type: "string", Doc: "the whole file"}},
				Options: decl.OptionParams(openOptions{}),
				Results: []decl.Param{{Name: "file", Type: "pcap{reader}", Doc: "iterate over its packets"}},
				Example: "pcap.decode(\"no such file\") --> nil, pcap: bytes: neither pcap nor pcapng: it begins with 6e 6f 20 73, malformed"},
			decl.Raw{Name: "create", Run: create, Why: "writes to the host's standard output", Blocks: true, Fails: createFails,
				Doc:     "Create a capture file, or go on with one. What was written is there for others after flush or close.",
				Params:  []decl.Param{{Name: "path", Type: "string", Doc: "file or named pipe; - is the standard output"}},
				Options: decl.OptionParams(createDefaults),
				Results: []decl.Param{{Name: "file", Type: "pcap{writer}", Doc: "write packets to it"}},
				Example: "local name = os.tmpname()\nlocal f = assert(pcap.create(name, {format=\"pcap\", nano=true}))\nf:write(\"\\1\\2\\3\", {sec=1600000000, nsec=5})\n" +
					"f:close()\nlocal bytes, meta = pcap.open(name):read{raw=true}\nos.remove(name)\n#bytes, meta.sec, meta.nsec --> 3, 1600000000, 5"},
		},
		Classes: []*decl.Class{
			{Name: "pcap{reader}", Doc: "A capture file that is being read.", Type: reflect.TypeFor[*Reader](), Methods: readerMethods(),
				Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}},
			{Name: "pcap{writer}", Doc: "A capture file that is being written.", Type: reflect.TypeFor[*Writer](), Methods: writerMethods(),
				Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}},
			metaClass(),
		},
	}
}

// onFile is an example that has a file of two packets.
func onFile(lines string) string {
	return intoFile(`w:write("first", {time=1600000000, comment="hello"})
w:write("second", {time=1600000001})
w:close()
` + lines)
}

// intoFile is an example that writes a file.
func intoFile(lines string) string {
	return "local name = os.tmpname()\nlocal w = assert(pcap.create(name))\n" + lines + "\nos.remove(name)"
}

var (
	openFails   = []string{decl.NotFound, decl.Denied, decl.Malformed}
	createFails = []string{decl.NotFound, decl.Denied, decl.Exists, decl.Malformed, decl.Unsupported}
	readFails   = []string{decl.Malformed, decl.Closed}
	writeFails  = []string{decl.Closed, decl.Unsupported}
)

func readerMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "packets", Run: iterate, Why: "returns an iterator that is called per packet", Blocks: true,
			Doc: "Iterate over the packets that are left. A file that is cut short or damaged raises an error with message and kind " +
				"behind the last whole packet.",
			Options: decl.OptionParams(packetsOptions{}),
			Results: []decl.Param{{Name: "iterator", Type: "fun(): packet, pcap{meta}", Doc: "for a generic for"}},
			Example: onFile("local all = {}\nfor bytes, meta in pcap.open(name):packets{raw=true} do all[#all + 1] = bytes .. meta.t end\ntable.concat(all, \" \") --> \"first0 second1\"")},
		decl.Raw{Name: "read", Run: read, Why: "is called per packet", Blocks: true, Fails: readFails,
			Doc:     "The next packet; nil at the end.",
			Options: decl.OptionParams(readOptions{}),
			Results: []decl.Param{{Name: "packet", Type: "packet|string", Optional: true, Doc: "decoded, or its bytes"},
				{Name: "meta", Type: "pcap{meta}", Doc: "what the file says of it"}},
			Example: onFile("local bytes, meta = pcap.open(name):read{raw=true}\nbytes, meta.comment, meta.len --> \"first\", \"hello\", 5")},
		decl.Fn[countArgs, int64]{Name: "count", Run: count, Blocks: true, Fails: readFails,
			Doc:     "Count the packets that are left.",
			Example: onFile("local f = pcap.open(name)\nf:read()\nf:count() --> 1")},
		decl.Fn[copyArgs, int64]{Name: "copy_to", Run: copyTo, Blocks: true, Fails: append(readFails, decl.Unsupported),
			Doc: "Copy the packets that are left into another file, and tell how many. From pcapng to pcapng all else goes along: " +
				"interfaces, comments, names, secrets, statistics, and blocks that nobody knows.",
			Example: onFile("local copy = os.tmpname()\nlocal w = pcap.create(copy)\npcap.open(name):copy_to(w) --> 2\nw:close()\nselect(2, pcap.open(copy):read()).comment --> \"hello\"\nos.remove(copy)")},
		decl.Fn[readerArgs, []interfaceInfo]{Name: "interfaces", Run: interfaces, Blocks: true, Fails: readFails,
			Doc:     "The interfaces that the file has named up to its next packet. A pcap file has one.",
			Example: onFile("pcap.open(name):interfaces()[1].linktype --> \"EN10MB\"")},
		decl.Fn[readerArgs, map[string][]string]{Name: "names", Run: names, Blocks: true, Fails: readFails,
			Doc:     "What the file calls addresses, up to its next packet: lists of names by address.",
			Example: intoFile("w:names{[\"10.0.0.1\"]={\"r1\"}}\nw:close()\npcap.open(name):names()[\"10.0.0.1\"][1] --> \"r1\"")},
		decl.Fn[readerArgs, []secretsRecord]{Name: "secrets", Run: secrets, Blocks: true, Fails: readFails,
			Doc:     "The keys that the file has up to its next packet.",
			Example: intoFile("w:secrets(\"CLIENT_RANDOM 00 11\\n\")\nw:close()\npcap.open(name):secrets()[1].type --> \"tls\"")},
		decl.Fn[readerArgs, []sectionRecord]{Name: "sections", Run: sections, Fails: readFails, Blocks: true,
			Doc:     "The sections of a pcapng file up to here: who wrote them.",
			Example: onFile("pcap.open(name):sections()[1].application --> \"moonwire\"")},
		decl.Fn[readerArgs, []blockRecord]{Name: "blocks", Run: blocks, Blocks: true, Fails: readFails,
			Doc:     "The blocks of a pcapng file up to its next packet that are no packets, as they stand.",
			Example: onFile("pcap.open(name):blocks()[1].name --> \"section header\"")},
		decl.Fn[readerArgs, string]{Name: "format", Run: format, Doc: "What the file is: pcap or pcapng.", Example: onFile("pcap.open(name):format() --> \"pcapng\"")},
		decl.Fn[readerArgs, decl.Done]{Name: "close", Run: closeReader, Doc: "Read no further. It may be called twice.",
			Example: onFile("local f = pcap.open(name)\nf:close(), f:close() --> true, true")},
	}
}

func writerMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "write", Run: write, Why: "is called per packet", Blocks: true, Fails: writeFails,
			Doc: "Write one packet. The meta that came with a packet, from a file or from a link, may stand for the options: time, interface, " +
				"direction and comments are then those.",
			Params:  []decl.Param{{Name: "packet", Type: "packet|string", Doc: "a packet, which is built, or its bytes"}},
			Options: decl.OptionParams(writeOptions{}),
			Results: []decl.Param{{Name: "done", Type: "true"}},
			Example: intoFile("w:write(\"\\1\\2\\3\", {time=1600000000.25, direction=\"out\", drops=2})\nw:close()\nlocal _, meta = pcap.open(name):read{raw=true}\n" +
				"meta.nsec, meta.direction, meta.drops --> 250000000, \"out\", 2")},
		decl.Fn[interfaceArgs, int]{Name: "interface", Run: addInterface, Fails: writeFails, Blocks: true,
			Doc: "Describe one more interface that packets come from, and tell its number (pcapng).",
			Example: intoFile("w:interface{name=\"eth0\"}, w:interface{name=\"tun0\", linktype=\"raw\"} --> 1, 2\nw:write(\"E\", {interface=\"tun0\"})\n" +
				"w:close()\nselect(2, pcap.open(name):read()).interface --> \"tun0\"")},
		decl.Fn[namesArgs, decl.Done]{Name: "names", Run: addNames, Fails: writeFails, Blocks: true,
			Doc: "Write what addresses are called (pcapng).", Example: intoFile("w:names{[\"10.0.0.1\"]={\"r1\", \"router\"}} --> true")},
		decl.Fn[secretsArgs, decl.Done]{Name: "secrets", Run: addSecrets, Default: secretsArgs{Type: "tls"}, Fails: writeFails, Blocks: true,
			Doc:     "Write the keys that packets are encrypted with (pcapng). They belong before those packets.",
			Example: intoFile("w:secrets(\"CLIENT_RANDOM 00 11\\n\") --> true")},
		decl.Fn[statisticsArgs, decl.Done]{Name: "statistics", Run: addStatistics, Fails: writeFails, Blocks: true,
			Doc: "Write what was counted on an interface (pcapng).",
			Example: intoFile("w:interface{name=\"eth0\"}\nw:statistics{received=10, kernel_drops=3}\nw:close()\n" +
				"pcap.open(name):interfaces()[1].statistics.kernel_drops --> 3")},
		decl.Fn[writerArgs, int64]{Name: "packets", Run: written, Fails: writeFails, Blocks: true,
			Doc: "How many packets were written.", Example: intoFile("w:write(\"x\")\nw:packets() --> 1")},
		decl.Fn[writerArgs, decl.Done]{Name: "flush", Run: flush, Fails: writeFails, Blocks: true,
			Doc: "Put out all that was written.", Example: intoFile("w:flush() --> true")},
		decl.Fn[writerArgs, decl.Done]{Name: "close", Run: closeWriter, Fails: writeFails, Blocks: true,
			Doc: "Put out all that was written and close the file. It may be called twice.", Example: intoFile("w:close(), w:close() --> true, true")},
	}
}
