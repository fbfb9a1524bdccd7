package cli

// A topic is a page of help without a command.
type topic struct{ name, short, text string }

// topicNamed finds a topic; nil when there is none.
func topicNamed(name string) *topic {
	for i := range topics {
		if topics[i].name == name {
			return &topics[i]
		}
	}
	return nil
}

var topics = []topic{
	{"exit", "what the exit codes mean", `
The exit code of moonwire run is

  0    the script is done, or found what it looked for
  1    it failed: an error, or a limit was reached
  2    moonwire was called in a wrong way
  3    a search found nothing
  129  its terminal has gone (SIGHUP)
  130  Ctrl-C ended it
  131  SIGQUIT ended it, 134 SIGABRT
  141  nobody read its output any more (moonwire run x | head)
  143  SIGTERM ended it

A script chooses its own with os.exit(N); require "script".nothing_found(text) ends it with 3 and a message.
Results are on the standard output, everything else is on the standard error output, so a pipe carries results only.

The first Ctrl-C cancels the script, which closes what it has opened, and says what was running. The second one ends it
at once. With --json or --csv, a script that names what it has found so far, by require "script".found(list), has that
written when it is interrupted or its --timeout is over.

However it ends, what it has changed on this machine is undone: addresses, routes, MTU, interfaces switched on or off,
forwarding, name servers. Where nothing can be done any more (kill -9, a crash), addresses go within a minute, TAP devices
and sockets at once, and the rest stands in a journal: the next start of moonwire in the same network namespace undoes it
and says so, and so does moonwire doctor. What others have changed since stays. The journal lies in MOONWIRE_HOME, or in
moonwire below XDG_STATE_HOME (~/.local/state).`},
	{"time", "what --virtual-time does", `
With --virtual-time a script's time is simulated. It stands still while any task works, and jumps to the next event when
all of them wait: a timeout of 30 seconds takes as long as what happens in it. task.sleep, timeouts, every clock that Lua
can read and the labs live by it. It begins at 2026-01-01 00:00:00 UTC.

One task runs at a time and what is woken first runs first, so a run with --seed N is the same each time, in a lab frame for
frame. Keys and the random parts of TLS are not: Go draws those from the system.

What is real keeps real time. Sockets and links of this machine and programs are refused with an error that says so: run in
a lab (--lab NAME), or without the flag. Workers take turns with the tasks, on no core of their own. Files are as always. Reading the standard input holds time still.
--timeout and the warning about a task that holds the interpreter count real seconds.

A task that computes takes no simulated time, so a loop that waits for the clock without a sleep in it never ends. When
every task waits and nothing is left to happen, the script ends with an error that says what each was doing.`},
	{"record", "what a record holds, and what can't be played", `
moonwire run --record FILE SCRIPT keeps a run in FILE: the script and the modules it read, the command line, the seed of all
chance, and each answer of the world outside, with its time: connections, datagrams, frames, names, tables of the network,
the clock, files, the environment, the standard input, what other programs printed. Everything that the script received is
in it, passwords and keys too: give a record only to those who may see that.

FILE is a zip: record.json, script.lua, modules/, stdout.txt, events.jsonl (a line for each call and each answer), and for
labs captures/lab.pcapng, for links of the real network captures/links.pcapng with what they sent and received, and what
--capture FILE has written. While the script runs, FILE.part is a journal of the same, and a run that was killed is played
from that up to its last whole event. A record takes at most 1 GiB; what happens after that isn't kept.

A run in a lab is kept in simulated time (moonwire help time), and played by running it again: its frames have to be the
same, byte for byte. So is one of a script that makes a lab of its own. A run on a real network goes on in real time, and
its tasks, workers too, take turns. It is played without waiting, from the answers, with no network, files or programs.

moonwire replay FILE says whether all was equal, or shows the first difference: a line of the output, what was sent (frames
field by field), or the order of calls, with the script's line. With --script FILE a changed script gets the same answers,
each after the time that it took, and what the record knows nothing of is refused.

Not compared: the standard error output. Not the same again, and so differences where a script depends on them: TLS, whose
keys and random bytes Go draws from the system, and collectgarbage("count"). What was written to a file is compared as a
whole when it is closed. Programs that a recorded script starts have no standard input, and what they print comes at their
end.`},
	{"header", "what the comments at the top of a script say", `
A script may begin with lines of "-- key: value". moonwire list, moonwire help and the script's flags come from them.

  -- title: Who has 10.0.0.2?
  -- about: ask the whole link for one MAC address,
  --        and time the answer
  -- arg:   ip address = 10.0.0.2 | whose MAC
  -- arg:   wait seconds 0..60 = 1 | longest wait for the answer
  -- needs: raw
  -- lab:   pair on h1
  -- shows:
  --   10.0.0.2 is at 02:00:00:00:00:02 (0.4 ms)
  -- see:   RFC 826; tutorial/10_ping

A line with two or more blanks after the dashes goes on with the value above it. The header ends at the first line that
is no comment. An unknown key is an error.

  title       one line: what the script is
  about       what it does and what one learns
  arg         NAME TYPE [= DEFAULT] [| what it is], one line for each argument
  needs       what it must be allowed: raw, net NETWORK, read PATH, write PATH, run PROGRAM, env NAME; parted by ;
              (moonwire help permissions has all of them)
  lab         the lab it can run in, and the host there: pair on h1. With "in simulated time" behind it, waiting takes none there
  shows       what it prints, line for line
              moonwire test compares; "shows: with ARGS" above the lines says which arguments that takes, "shows: in its test"
              that NAME_test.lua makes what it needs, and compares
  returns     what its result is, for --json and --csv: list or record, [| what of], and below it
              a line NAME TYPE [| what it is] for each field
  see         references and other scripts, parted by ;
  categories  words to select scripts by
  author, version

The types of arguments are string, integer, number, boolean, address, port, prefix, mac, seconds (duration), ports
(22,80,8000-8100), rate (500pps), size (64k), file, "one of tcp|udp", and "list of" any of them, parted by commas.
Integer, number, seconds and size may have a range: integer 1..65535. An argument without a default must be
given; an empty default ("= ") makes it optional. require "script".args() has the values.

NETWORK is 10.0.0.0/8:67/udp, with or without the port and the protocol; [fd00::1]:547/udp; or an address. Functions that
send load (dhcp.load) send it in a lab, and elsewhere only to networks that "needs: net" declares, or --allow-net when
the script was started.`},
	{"permissions", "what a script may do, and how to grant and refuse it", `
A script of your own, named by its path, by - or by -e, may do what you may. --deny-KIND takes something away from it;
--restrict lets it do only what its header's needs say, and what --allow-KIND adds.

A script that comes with moonwire may do exactly what its header says. A packed or installed one gets what its manifest
declares once you have granted it. In such runs Lua's own ways out are closed, too: native libraries, bytecode, most of
debug. Labs are always allowed; what joins a lab to the real world is not part of them.

  net TARGET[:PORT][/udp|/tcp|/icmp]   sockets towards an address, a prefix, a name, *.example.com, or * for all
  resolve                              look up any name; one that a net names needs no more
  listen ADDRESS[:PORT][/udp|/tcp]     bind there, and answer whoever sent something there
  raw [on LINK] [to PREFIX[:PORT][/PROTOCOL]] [from PREFIX|any]
                                       send and receive whole frames, and ip:proto sockets
  sniff [on LINK]                      receive whole frames
  configure [on LINK]                  addresses, routes, MTU, up and down, name servers
  read PATH, write PATH                a file, or all below a folder
  run PROGRAM                          start this program; no shell sees the line
  env NAME                             read a variable
  rate N/s                             so many packets and connections a second, all sockets and links together

They stand so in "-- needs:", parted by semicolons, and behind the flags: --allow-net=10.0.0.0/8:161/udp,
--allow-raw="on eth0 to 10.0.0.0/24", --allow-read=/etc/hosts. In needs, the name of an argument in capitals stands for its
value. --deny-KIND alone refuses all of a kind. What was refused wins over what was granted. --deny-net=NAME refuses the
addresses that the name has when the script starts, by frames as well; of --deny-net=*.NAME nobody knows all addresses, so
that no frame may leave.

A net with a name covers the addresses that the system's resolver gave for it in this run, never those of this machine
and the networks around it: they need a grant by address. A port that the system chose for a client needs no listen.

Frames are checked by their own headers: addresses, protocol and port, behind VLAN tags, options and extension headers,
and those of the packets inside IP in IP, GRE, Ethernet in IP, PIM, VXLAN, Geneve and GTP. Source routes count at each station. The
first fragment must hold the ports, later ones have none. Sources must be the interface's own unless from says more; ARP
and neighbour discovery are checked by who is asked for, and by what is said of the sender. What can't be read so needs a
raw without to, from any. Other tunnels are not looked into: over UDP they end where the grant says.
An ip:proto socket receives what comes to this machine for its protocol, by the links that were granted. What a lab sends
by a TAP device comes from the lab's hosts: it needs from.

A path is what its links lead to, and no link is followed after it was checked. A unix socket needs read and write of its
path, an abstract one of @NAME. A program is looked for in PATH once, and must not be a file that the script may write. It
gets PATH, HOME, TMPDIR and the variables for language, time zone and terminal, and what env grants. Otherwise a program
does what you may: give away run with care. Changes of the whole machine, as of its name servers, need configure without on.

Such runs are bounded in memory, output, open handles and instructions, too (moonwire help limits).

A run that is faster than its rate waits. What isn't allowed fails with kind "denied" before a byte leaves, and the
message names the flag that would allow it.`},
	{"packs", "recipes for others: packs, keys, tools", `
  moonwire pack DIR               NAME.moon: main.lua, its modules and its data in one file
  moonwire pack FILE.lua          the same, of a script and what it requires
  moonwire run NAME.moon          run it, with what it asks for and was granted
  moonwire install NAME.moon      from now on moonwire list shows it and moonwire run NAME runs it
  moonwire build DIR -o TOOL      one executable that needs no moonwire

A pack is a zip with a manifest.json, which has the recipe's name, version and needs and the size and SHA-256 of every
file. The version is that of main.lua's header, the needs are its needs. In it, require finds the pack's modules and
moonwire's and no others, and script.open(NAME) and script.read(NAME) read the pack's data.

Your own script, named by its path, runs as you. A pack gets only what its manifest declares and you granted: on a terminal
moonwire shows that once, asks, and remembers the answer for this very pack; elsewhere flags grant it (--allow-net=...),
and the refusal says which. A pack that asks for more than its main.lua declares, or was torn or altered, is refused.

  moonwire key new NAME           a key pair, in minisign's format
  moonwire pack DIR --sign NAME   sign the manifest, and by it every file
  moonwire key trust KEY NAME     believe another's signatures

A pack is signed by a key that you trust, by a key that you don't know, or not at all. The latter two run only when you
say so: yes on a terminal, or --untrusted. Without moonwire: unzip manifest.json and manifest.json.minisig, and
minisign -V -m manifest.json -P KEY checks the signature.

A tool of moonwire build has its permissions and flags built in. It never asks, and neither its flags nor the environment
make it run another script or allow more. --base makes one for another system, of a moonwire that no certificate has
signed: sign the tool. TOOL --version and --licenses tell of it.

Recipes, keys and answers lie in MOONWIRE_HOME, or in the user's folder for moonwire's configuration.`},
	{"limits", "how to bound a script's time and memory", `
  --timeout S           S seconds by the clock
  --max-instructions N  N instructions of the Lua machine, all tasks together
  --max-memory SIZE     bytes of heap: 300M, 2G
  --max-output SIZE     bytes written, to the standard streams and to files
  --max-handles N       sockets, links and the like that are open at a time
  --isolate             a process of its own, whose memory the system limits

A limit that is reached ends the script with an error and exit code 1. It can't be caught by pcall.

Scripts that may not do everything (moonwire help permissions) have limits where you set none: 1G of memory, 256M written,
16384 handles, and 69 billion instructions, to which 10 million come each second.

--max-memory is watched: an error names it and the script's cleanups run, but a single step may go past it before it is
seen. --isolate makes it hard: the system refuses the memory, and only the script's process ends. Without --max-memory
an isolated script may have 1G. Linux has this.`},
}
