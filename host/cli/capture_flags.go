package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// flags are tcpdump's, as far as they make sense here.
func (c *capture) flags() flags {
	return flags{
		{"-i", "IFACE", "capture on this interface; may come several times, and any means all that are up", func(v string) error {
			c.ifaces = append(c.ifaces, v)
			return nil
		}},
		{"-r", "FILE", "read packets from a capture file; - is the standard input", text(&c.read)},
		{"-w", "FILE", "write packets to a capture file; - is the standard output", text(&c.write)},
		{"-c", "N", "end after N packets", number(&c.count)},
		{"-s", "BYTES", "keep at most so many bytes of a packet; 0 for all", count(&c.snap)},
		{"-d", "", "print the program that EXPR means and end; -dd as C, -ddd as numbers", counter(&c.dump)},
		{"--count", "", "with -r: print the number of packets instead of the packets", on(&c.countOnly)},
		{"-n", "", "addresses and ports as numbers; they always are", func(string) error { return nil }},
		{"-e", "", "print the link layer, too", on(&c.style.link)},
		{"-q", "", "print less of each packet", on(&c.style.quiet)},
		{"-v", "", "print all fields of each packet", counter(&c.style.verbose)},
		{"-x", "", "print the bytes, too; -xx with the link layer's", counter(&c.style.hex)},
		{"-X", "", "the same with their characters; -XX with the link layer", counter(&c.style.dump)},
		{"-A", "", "print the characters of each packet", on(&c.style.ascii)},
		{"-t", "", "no time; -tt seconds since 1970, -ttt since the packet before, -tttt with the date, -ttttt since the first", counter(&c.style.time)},
		{"-#", "", "number the lines", on(&c.style.numbers)},
		{"--number", "", "the same", on(&c.style.numbers)},
		{"--nano", "", "times in nanoseconds, on lines and in pcap files", on(&c.nano)},
		{"-p", "", "capture only what this machine would hear anyway", on(&c.noPromisc)},
		{"-Q", "DIR", "capture only one direction: in, out or inout", oneOf(&c.direction, "in", "out", "inout")},
		{"-B", "KIB", "size of the buffer for packets not yet read", c.setBuffer},
		{"-U", "", "write each packet to the file as it comes", on(&c.unbuffered)},
		{"-l", "", "print each line as it comes; they always are", func(string) error { return nil }},
		{"--print", "", "print lines although packets are written to a file", on(&c.print)},
		{"--format", "FORMAT", "of the file that is written: pcap or pcapng", oneOf(&c.format, "pcap", "pcapng")},
		{"-C", "MB", "begin another file when one has so many million bytes", c.rotation.setSize},
		{"-G", "SECONDS", "begin another file so often; its name may have %H and such (strftime)", c.rotation.setSeconds},
		{"-W", "N", "with -C: at most N files, then the first again; with -G: end after N files", count(&c.rotation.files)},
		{"-D", "", "list the interfaces", on(&c.list)},
		{"--list-interfaces", "", "the same", on(&c.list)},
		{"-y", "TYPE", "with -d: the link type of the packets (EN10MB, RAW ...)", text(&c.linkType)},
		{"-F", "FILE", "read the expression from a file", text(&c.exprFile)},
		{"--netns", "NAME", "capture in a network namespace (ip netns)", text(&c.netns)},
	}
}

// apart writes flags of one letter that stand together each on its own: -nei eth0 becomes -n -e -i eth0.
func (fs flags) apart(words []string) []string {
	var out []string
	for i, word := range words {
		if word == "--" {
			return append(out, words[i:]...)
		}
		for len(word) > 2 && word[0] == '-' && word[1] != '-' {
			f := fs.named(word[:2])
			if f == nil || f.value != "" {
				break
			}
			out, word = append(out, word[:2]), "-"+word[2:]
		}
		out = append(out, word)
	}
	return out
}

// counter makes the set function of a flag that may come several times.
func counter(to *int) func(string) error {
	return func(string) error { *to++; return nil }
}

// count makes the set function of a flag with a number that isn't negative.
func count(to *int) func(string) error {
	return func(v string) error {
		n, err := strconv.ParseUint(v, 10, 31)
		if err != nil {
			return fmt.Errorf("'%s' is not a count", v)
		}
		*to = int(n)
		return nil
	}
}

// number is count for more than 31 bits, from 1.
func number(to *int64) func(string) error {
	return func(v string) error {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil || n < 1 {
			return fmt.Errorf("'%s' is not a count", v)
		}
		*to = n
		return nil
	}
}

// oneOf makes the set function of a flag that takes one of some words.
func oneOf(to *string, words ...string) func(string) error {
	return func(v string) error {
		for _, w := range words {
			if v == w {
				*to = v
				return nil
			}
		}
		return fmt.Errorf("'%s' is none of %s", v, strings.Join(words, ", "))
	}
}

func (c *capture) setBuffer(v string) error {
	var kib int
	err := count(&kib)(v)
	c.buffer = kib << 10
	return err
}

func (r *rotation) setSize(v string) error {
	var million int
	err := count(&million)(v)
	if r.size = int64(million) * 1e6; million == 0 && err == nil {
		err = fmt.Errorf("'%s' is not a size", v)
	}
	return err
}

func (r *rotation) setSeconds(v string) error {
	var seconds int
	err := count(&seconds)(v)
	if r.every = time.Duration(seconds) * time.Second; seconds == 0 && err == nil {
		err = fmt.Errorf("'%s' is not a time", v)
	}
	return err
}
