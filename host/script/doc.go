// Package script reads the header of a script: comment lines at the top that say what the script is, which arguments
// it takes, what it needs and what it prints. The command makes its list, its help, its flags and its checks from it.
//
//	#!/usr/bin/env moonwire
//	-- title: Who has 10.0.0.2?
//	-- about: ask the whole link for one MAC address,
//	--        and time the answer
//	-- needs: raw
//	-- lab:   pair on h1
//	-- arg:   ip address = 10.0.0.2 | whose MAC
//	-- arg:   wait seconds 0..60 = 1 | longest wait for the answer
//	-- shows:
//	--   10.0.0.2 is at 02:00:00:00:00:02 (0.4 ms)
//	-- see:   RFC 826; tutorial/10_ping
//
// # Lines
//
// A header line is "-- key: value". The header starts at the first line, or at the second when the first is a "#!"
// line, and ends before the first line that is no comment. It is a header when its first line has the form
// "-- key: value" and one of its lines has a known key or nearly one; other comments at the top of a file are just
// comments.
//
// A line with two or more blanks after the dashes goes on with the value above it, and "--" alone is an empty line of
// that value. Blanks up to the column of the value's first line are taken away, so text and drawings keep their shape.
// A value of several lines may begin on the line after its key.
//
// # Keys
//
//	title       one line: what the script is
//	about       what it does and what one learns; lines are joined
//	arg         NAME TYPE [= DEFAULT] [| what it is], one key for each argument
//	needs       what the script must be allowed, parted by ";": net HOST:161/udp, read FILE, raw on IFACE to 10.0.0.0/24 …
//	lab         the lab it can run in, and the host there: pair on h1
//	shows       what it prints, line for line
//	returns     what its result is: list, record or another type, [| what of], and a line NAME TYPE [| what it is] for each field
//	see         references and other scripts, parted by ";"
//	categories  words to select scripts by, parted by blanks or commas
//	author, version
//
// arg, needs, shows, see and categories may come several times. An unknown key is an error that names the nearest one.
//
// # Needs
//
// Each is a grant of package permit: net, resolve, listen, raw, sniff, configure, read, write, run, env. A lab's networks
// need none. The name of an argument in capitals stands for its value:
//
//	-- needs: net HOST:161/udp; read FILE
//
// A need whose argument isn't given is dropped, "A or B" takes the second where the first isn't given, and a need that ends
// in "if NAME" is there only with that argument. A list (10.0.0.1,10.0.0.2) counts for each of its items, and an address that
// comes with a port of its own keeps it. IFACE is the interface that was chosen (where none was, any will do), LOCAL are the
// networks of that interface or of the first one that is up.
//
// # Arguments
//
// The types are string, integer, number, boolean, address (IPv4 or IPv6), port, prefix (10.0.0.0/8), mac, seconds (also
// duration; 2, 0.5, 500ms, 1m30s), ports (22,80,8000-8100: Lua sees a
// list), rate (500pps), size (64k), file, "one of tcp|udp", and "list of" any of them, parted by commas. Integer, number, seconds and size may have a range: "integer
// 1..65535", "seconds 0..". An argument without a default must be given, a boolean without one is false, and an empty
// default ("= ") makes an argument optional: Lua sees nil.
//
// On the command line each argument is a flag, --ip 10.0.0.2 or --ip=10.0.0.2, and --wet or --no-wet for a boolean.
// Words that are no flags fill the other arguments in the order of the header, and everything after "--" is such a word.
package script
