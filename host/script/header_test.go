package script

import (
	"reflect"
	"strings"
	"testing"
)

const whoHas = `#!/usr/bin/env moonwire
-- title: Who has 10.0.0.2?
-- about: ask the whole link for one MAC address,
--        and time the answer
-- needs: raw; net 10.0.0.0/8:161/udp
-- lab:   pair on h1
-- arg:   ip address = 10.0.0.2 | whose MAC
-- arg:   proto one of tcp|udp = udp | over what
-- arg:   wait seconds 0..60 = 500ms
-- shows:
--   h1        h2
--    |--who-->|
--
--   10.0.0.2 is at 02:00:00:00:00:02 (0.4 ms)
-- see:   RFC 826; tutorial/10_ping
-- categories: safe, link
-- author: someone
-- version: 1.2

local socket = require "socket" -- title: not a header any more
`

func TestHeader(t *testing.T) {
	h, err := Parse("who.lua", whoHas)
	if err != nil {
		t.Fatal(err)
	}
	want := &Header{
		Title: "Who has 10.0.0.2?",
		About: "ask the whole link for one MAC address, and time the answer",
		Args: []Arg{
			{Name: "ip", Type: Type{Name: "address"}, Doc: "whose MAC", Default: "10.0.0.2", Optional: true},
			{Name: "proto", Type: Type{Name: "one of", Choices: []string{"tcp", "udp"}}, Doc: "over what", Default: "udp",
				Optional: true},
			{Name: "wait", Type: Type{Name: "seconds", Range: &Range{0, 60}}, Default: "500ms", Optional: true},
		},
		Needs:      []Need{{What: "raw"}, {What: "net", Of: "10.0.0.0/8:161/udp"}},
		Lab:        "pair on h1",
		Shows:      "h1        h2\n |--who-->|\n\n10.0.0.2 is at 02:00:00:00:00:02 (0.4 ms)",
		See:        []string{"RFC 826", "tutorial/10_ping"},
		Categories: []string{"safe", "link"},
		Author:     "someone",
		Version:    "1.2",
		Lines:      18,
	}
	if !reflect.DeepEqual(h, want) {
		t.Errorf("got  %+v\nwant %+v", h, want)
	}
}

// A lab may have simulated time.
func TestSimulated(t *testing.T) {
	h, err := Parse("x.lua", "-- lab: pair on h1 in simulated time")
	if err != nil || h.Lab != "pair on h1" || !h.Simulated || !strings.Contains(h.Help("x"), "lab: pair on h1 in simulated time\n") {
		t.Errorf("%+v, %v", h, err)
	}
}

// Text that goes on keeps the shape it has under the value's first column.
func TestShows(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"one line", "-- shows: a b", "a b"},
		{"aligned", "-- shows: a\n--          b", "a\n  b"},
		{"less indented", "-- shows: a\n--   b", "a\nb"},
		{"own lines", "-- shows:\n--   a\n--     b\n--   c", "a\n  b\nc"},
		{"several keys", "-- shows: a\n-- shows: b", "a\nb"},
		{"dashes inside", "-- shows:\n--   -- a: b", "-- a: b"},
		{"windows line ends", "-- shows: a\r\n-- title: b\r\n", "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := Parse("x.lua", c.src)
			if err != nil {
				t.Fatal(err)
			}
			if h.Shows != c.want {
				t.Errorf("got %q, want %q", h.Shows, c.want)
			}
		})
	}
}

func TestComments(t *testing.T) {
	for _, src := range []string{
		"",
		"print(1)",
		"-- Just a comment.\n-- author: joe\n",
		"-- note: a remark\nprint(1)",
		"-- TODO: later\n",
		"--[[ title: x ]]",
		"\n-- title: too late",
		"#!/usr/bin/lua\n",
	} {
		h, err := Parse("x.lua", src)
		if err != nil || !reflect.DeepEqual(h, &Header{}) {
			t.Errorf("%q: got %+v, %v, want no header", src, h, err)
		}
	}
}

func TestHeaderErrors(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"-- titel: x", "x.lua:1: unknown header key 'titel' (did you mean 'title'?)"},
		{"-- frob: x\n-- title: y", "x.lua:1: unknown header key 'frob'"},
		{"-- title: x\n-- title: y", "x.lua:2: header key 'title' given twice"},
		{"-- title: x\n-- prose", "x.lua:2: header line without a key (a line is '-- key: value', one that goes on starts with '--  ')"},
		{"-- title: x\n--   y", "x.lua:1: header key 'title' takes one line"},
		{"-- title:", "x.lua:1: header key 'title' without a value"},
		{"-- title: x\n-- needs: rwa", "x.lua:2: unknown need 'rwa' (did you mean 'raw'?)"},
		{"-- needs: read", "x.lua:1: need 'read' must say what of: read PATH"},
		{"-- needs: raw eth0", "x.lua:1: need 'raw': [on LINK] [to PREFIX[:PORT][/PROTOCOL]] [from PREFIX|any] expected, got 'eth0'"},
		{"-- needs: net HSOT:161\n-- arg: host address", "x.lua:1: need 'net HSOT:161': there is no argument 'hsot' (did you mean 'HOST'?)"},
		{"-- needs: raw on IFCE to 10.0.0.1", "x.lua:1: need 'raw on IFCE to 10.0.0.1': there is no argument 'ifce' (did you mean 'IFACE'?)"},
		{"-- needs: read FIEL\n-- arg: file file", "x.lua:1: need 'read FIEL': there is no argument 'fiel' (did you mean 'FILE'?)"},
		{"-- needs: net 10.0.0.1 if TYR\n-- arg: try boolean", "x.lua:1: need 'net 10.0.0.1 if TYR': there is no argument 'tyr' (did you mean 'TRY'?)"},
		{"-- needs: net HOST:x\n-- arg: host string", "x.lua:1: need 'net': network such as 10.0.0.0/8:67/udp expected, got '192.0.2.1:x'"},
		{"-- arg: ip", "x.lua:1: an argument is 'NAME TYPE = DEFAULT | what it is', got 'ip'"},
		{"-- arg: ip adress", "x.lua:1: argument 'ip': unknown type 'adress' (did you mean 'address'?)"},
		{"-- arg: n number nan..5", "x.lua:1: argument 'n': a range is MIN..MAX, got 'nan..5'"},
		{"-- title: \x1b[31mred", "x.lua:1: header key 'title' holds '\\x1b', which a terminal would obey"},
		{"-- title: x\n-- about: a\n--        \u202eb", "x.lua:2: header key 'about' holds '\\u202e', which a terminal would obey"},
		{"-- arg: n integer 5..1", "x.lua:1: argument 'n': a range is MIN..MAX, got '5..1'"},
		{"-- arg: n integer = x", "x.lua:1: argument 'n': default 'x' is not an integer"},
		{"-- arg: n integer 1..2 = 3", "x.lua:1: argument 'n': default '3' is not in 1..2"},
		{"-- arg: f file 1..2", "x.lua:1: argument 'f': type 'file' takes nothing more, got '1..2'"},
		{"-- arg: p one of a||b", "x.lua:1: argument 'p': empty choice in 'one of a||b'"},
		{"-- arg: a string\n-- arg: a string", "x.lua:2: argument 'a' declared twice"},
	} {
		_, err := Parse("x.lua", c.src)
		if err == nil || err.Error() != c.want {
			t.Errorf("%q:\ngot  %v\nwant %s", c.src, err, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(whoHas)
	f.Add("-- arg: a one of x|y = x | z\n--\n--  q")
	f.Fuzz(func(t *testing.T, src string) {
		h, err := Parse("x.lua", src)
		if err == nil && strings.Count(src, "\n")+1 < h.Lines {
			t.Errorf("%d lines of header in %q", h.Lines, src)
		}
	})
}
