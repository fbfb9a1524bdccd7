package lab

import (
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/lab/wire"
)

const (
	netResult = `local net = lab{"linux -- R1 -- R2", mtu={["R1--R2"]=1300}}` + "\n"
	pair      = `local net = lab{"h1 -- h2"}` + "\n"
)

// Module declares all that Lua sees as require "lab".
func Module() *decl.Module {
	labResult := []decl.Param{{Name: "net", Type: "lab", Doc: "the lab; its nodes are fields: net.R2"}}
	return &decl.Module{
		Name: "lab",
		Doc: "Whole networks in this process, without root: hosts and routers with real TCP/IP, switches, links with faults. " +
			"A topology is short, and everything it doesn't say is chosen: print(net) draws it.",
		Setup: setup,
		Call: decl.Raw{Name: "lab", Run: open, Blocks: true, Why: "lines and options share one table",
			Doc: "Build a network. Lines are chains of nodes: \"linux -- R1 -- R2\", \"h1, h2, h3 -- sw1 -- R1\", \"h1..h100 -- sw1\". R1, r2, router " +
				"are routers, sw1, s1, switch are switches, other names hosts. Segment n has 10.0.n.0/24 and fd00:0:0:n::/64, VLAN 20 has 10.0.20.0/24; " +
				"routers get the first addresses there, hosts the next. A faulty topology raises an error that names the link or node and the rule.",
			Params:  []decl.Param{{Name: "topology", Type: "table|string", Doc: "lines, and options by name"}},
			Options: decl.OptionParams(wishes{}), Results: labResult,
			Example: netResult + "net.R2.address --> 10.0.2.2"},
		Funcs: []decl.Function{
			decl.Raw{Name: "open", Run: openNamed, Blocks: true, Why: "a file gives its topology", Fails: []string{decl.NotFound, decl.Malformed},
				Doc: "Open a lab that comes with moonwire, by its name; one in a file of your own that returns the table that lab{} takes " +
					"(\"./my.lua\"); or a line of text.",
				Params: []decl.Param{{Name: "name", Type: "string", Doc: "name, file or text"}}, Results: labResult,
				Example: `lab.open("pair").h2.address --> 10.0.0.2`},
		},
		Classes: []*decl.Class{netClass(), hostClass(), linkClass(), switchClass(), snifferClass(), metaClass(), captureClass(), bridgeClass(), forwardClass()},
	}
}

func netClass() *decl.Class {
	return &decl.Class{Name: "lab", Doc: "An open lab. Its nodes are fields: net.R2. tostring draws it.", Type: reflect.TypeFor[*Net](),
		Methods: netMethods(), Index: netIndex, Meta: map[string]lua.LGFunction{"__tostring": text}}
}

// done is the result of functions that have none.
var done = []decl.Param{{Name: "done", Type: "true"}}

func netMethods() []decl.Function {
	name := decl.Param{Name: "name", Type: "string", Doc: "as the topology has it"}
	which := decl.Param{Name: "link", Type: "string", Doc: "name of a link, or all"}
	return append([]decl.Function{
		decl.Raw{Name: "host", Run: netHost, Why: "returns what holds its receiver",
			Doc: "The node of that name: net.R2 is net:host(\"R2\").", Params: []decl.Param{name}, Results: []decl.Param{{Name: "host", Type: "lab{host}|lab{switch}"}},
			Example: pair + `net:host("h2").address --> 10.0.1.2`},
		decl.Raw{Name: "link", Run: netLink, Why: "returns what holds its receiver",
			Doc: "The link of that name, in either direction.", Params: []decl.Param{name}, Results: []decl.Param{{Name: "link", Type: "lab{link}"}},
			Example: netResult + `net:link("R2--R1").mtu --> 1300`},
		decl.Fn[netArgs, []string]{Name: "hosts", Run: hosts, Doc: "The names of all hosts and routers.",
			Example: pair + `table.concat(net:hosts(), " ") --> h1 h2`},
		decl.Fn[netArgs, []string]{Name: "links", Run: links, Doc: "The names of all links.",
			Example: netResult + `table.concat(net:links(), " ") --> linux--R1 R1--R2`},
		decl.Fn[captureArgs, *Capture]{Name: "capture", Run: captureTo, Fails: []string{decl.Denied, decl.NotFound},
			Doc: "Write all frames of a link, or of all links, into a pcapng file, from now until the lab is closed: an interface for each link, " +
				"and comments that say why frames were lost.",
			Example: `local net, file = lab{"h1 -- h2"}, os.tmpname()` + "\n" + `net:capture("all", file):close() --> true` + "\nos.remove(file) --> true"},
		decl.Raw{Name: "sniff", Run: sniff, Why: "its result is an iterator",
			Doc:     "Look at the frames of a link, or of all links, as they are sent. A generic for gives packets and what is known of them.",
			Params:  []decl.Param{which},
			Options: decl.OptionParams(sniffOptions{}), Results: []decl.Param{{Name: "sniffer", Type: "lab{sniffer}"}},
			Example: pair + `local frames = net:sniff("h1--h2", {filter="arp", count=1, timeout=5})
net.h1:spawn(function() dgram.udp{to=net.h2.address .. ":9"}:send("hello") end)
for p, meta in frames do print(meta.from, p.arp.pdst) end
net:stats()["h1--h2"].h1.sent > 0 --> true`},
		decl.Fn[netArgs, map[string]statistics]{Name: "stats", Run: netStats,
			Doc:     "What each end of each link sent, received and lost, by the link's name and the node's.",
			Example: pair + `net:stats()["h1--h2"].h1.lost >= 0 --> true`},
		decl.Fn[netArgs, string]{Name: "svg", Run: svg, Doc: "The lab as a picture (SVG).", Example: pair + `net:svg():match("^<svg") --> <svg`},
		decl.Raw{Name: "close", Run: closeNet, Blocks: true, Why: "ends who owns its receiver", Results: done,
			Doc: "End the lab and everything in it. It may be called twice.", Example: pair + `net:close(), net:close() --> true, true`},
	}, outsideMethods()...)
}

func hostClass() *decl.Class {
	return &decl.Class{Name: "lab{host}", Doc: "A host or router of a lab: a world of its own, where functions run. host.serve_http{…} is host:serve(\"http\", {…}).",
		Type: reflect.TypeFor[*Host](), Methods: hostMethods(), Fields: hostFields, Index: hostIndex,
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString, "__eq": sameHost}}
}

func hostMethods() []decl.Function {
	fn := decl.Param{Name: "fn", Type: "function", Doc: "what runs"}
	args := decl.Param{Name: "...", Type: "any", Variadic: true, Doc: "its arguments"}
	task := []decl.Param{{Name: "task", Type: "task"}}
	const why = "takes and calls Lua functions"
	return append([]decl.Function{
		decl.Raw{Name: "run", Run: runOn, Blocks: true, Why: why,
			Doc:    "Call a function on the host: its sockets, links, names and tables are the host's.",
			Params: []decl.Param{fn, args}, Results: []decl.Param{{Name: "...", Type: "any", Variadic: true, Doc: "what the function returned"}},
			Example: pair + `net.h2:run(function() return dgram.udp{to="10.0.1.1:9"}:address():match("^[^:]+") end) --> 10.0.1.2`},
		decl.Raw{Name: "spawn", Run: starting("spawn"), Why: why,
			Doc: "Start a task on the host, as task.spawn does.", Params: []decl.Param{fn, args}, Results: task,
			Example: pair + `net.h2:spawn(function(x) return x + 1 end, 41):join() --> 42`},
		decl.Raw{Name: "daemon", Run: starting("daemon"), Why: why,
			Doc: "Start a task on the host that ends when all others have, as task.daemon does.", Params: []decl.Param{fn, args}, Results: task,
			Example: pair + `net.h2:daemon(task.sleep, 3600):status() --> running`},
		decl.Raw{Name: "serve", Run: serve, Why: "its options are the service's",
			Doc:     "Start a service of stdlib's serve on the host: echo, discard, chargen, daytime, http, tftp, dns.",
			Params:  []decl.Param{{Name: "name", Type: "string", Doc: "of the service"}, {Name: "opts", Type: "table", Optional: true, Doc: "its options"}},
			Results: []decl.Param{{Name: "service", Type: "serve.Service", Doc: "what stdlib serve gives"}}, Fails: []string{decl.Exists, decl.Denied},
			Example: pair + "net.h2:serve(\"echo\").port --> 7"},
		decl.Fn[hostArgs, []routeRow]{Name: "routes", Run: routeTable, Doc: "The routing table.",
			Example: netResult + `for _, r in ipairs(net.R2:routes()) do if r.to == "10.0.1.0/24" then via = r.via end end` + "\nvia --> 10.0.2.1"},
		decl.Fn[hostArgs, []neighbourRow]{Name: "neighbors", Run: neighbourTable, Doc: "The neighbours whose MAC addresses the host knows: the ARP table and IPv6's.",
			Example: pair + "#net.h2:neighbors() --> 0"},
	}, configMethods()...)
}

// sameHost compares two hosts: each net.R2 is a new value.
func sameHost(L *lua.LState) int {
	a, b := theHost(L, "lab{host}:__eq"), L.Get(2)
	ud, ok := b.(*lua.LUserData)
	other, is := ud.Value.(*Host)
	L.Push(lua.LBool(ok && is && other.Host == a.Host))
	return 1
}

func linkClass() *decl.Class {
	const why = "returns its receiver"
	itself := []decl.Param{{Name: "link", Type: "lab{link}", Doc: "itself"}}
	method := func(name, doc, example string, change func(*wire.Link)) decl.Function {
		return decl.Raw{Name: name, Run: changing(name, change), Why: why, Doc: doc, Results: itself, Example: pair + example}
	}
	return decl.Reads(&decl.Class{Name: "lab{link}", Doc: "A link of a lab.", Type: reflect.TypeFor[*Link](), Meta: map[string]lua.LGFunction{"__tostring": decl.ToString},
		Methods: []decl.Function{
			decl.Raw{Name: "impair", Run: impairLink, Why: why,
				Doc: "Make the link faulty. What is not said is all right again: impair{} heals. Chance follows the lab's seed, so a run with a " +
					"seed is the same each time.",
				Options: decl.OptionParams(faults{}), Results: itself,
				Example: pair + "local l = net:link(\"h1--h2\"):impair{loss=1, from=\"h1\"}\nnet.h1:run(function() dgram.udp{to=\"h2:9\"}:send(\"lost\") end)\ntask.sleep(0.05)\nl:stats().h1.drops.lost > 0 --> true"},
			method("down", "Unplug the link: both ends see their carrier go, and frames under way are lost.", `net:link("h1--h2"):down().carrier --> false`, func(l *wire.Link) { l.SetUp(false) }),
			method("up", "Plug the link in.", `net:link("h1--h2"):down():up().carrier --> true`, func(l *wire.Link) { l.SetUp(true) }),
			method("partition", "Cut the link so that nobody notices: the carrier stays, frames are lost.", `net:link("h1--h2"):partition().carrier --> true`, func(l *wire.Link) { l.SetPartition(true) }),
			method("heal", "Undo partition.", `net:link("h1--h2"):partition():heal().carrier --> true`, func(l *wire.Link) { l.SetPartition(false) }),
			decl.Fn[linkArgs, statistics]{Name: "stats", Run: linkStats, Doc: "What each end sent, received and lost, by the node's name.",
				Example: pair + `net:link("h1--h2"):stats().h1.sent >= 0 --> true`},
		}}, linkFields)
}

func snifferClass() *decl.Class {
	const begin = pair + "local s = net:sniff(\"all\", {timeout=0.01})\n"
	return &decl.Class{Name: "lab{sniffer}", Doc: "Frames of links as they are sent; a generic for calls it.", Type: reflect.TypeFor[*sniffer](),
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString, "__call": nextFrame},
		Methods: []decl.Function{
			decl.Raw{Name: "next", Run: nextFrame, Blocks: true, Why: "called per frame",
				Doc:     "Wait for the next frame; nil at the end. A generic for calls it by itself.",
				Results: []decl.Param{{Name: "packet", Type: "packet|nil", Doc: "as it was sent"}, {Name: "meta", Type: "lab{meta}", Doc: "what is known of it"}},
				Example: pair + "net:sniff(\"h1--h2\", {timeout=0}):next() --> "},
			decl.Fn[snifferArgs, sniffStats]{Name: "stats", Run: statsOf, Doc: "Count the frames.", Example: begin + "s:stats().missed --> 0"},
			decl.Raw{Name: "close", Run: closeSniffer, Why: "ends who owns its receiver", Results: done, Doc: "End it. It may be called twice.", Example: begin + "s:close(), s:close() --> true, true"},
		}}
}

func metaClass() *decl.Class {
	return decl.Reads(&decl.Class{Name: "lab{meta}", Doc: "What is known of a frame on a link.", Type: reflect.TypeFor[*Meta](),
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}, metaFields)
}

func captureClass() *decl.Class {
	return &decl.Class{Name: "lab{capture}", Doc: "A capture file that is being written.", Type: reflect.TypeFor[*Capture](),
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString},
		Methods: []decl.Function{
			decl.Fn[captureSelf, decl.Done]{Name: "close", Run: closeCapture, Blocks: true, Doc: "End the capture. It may be called twice; closing the lab does it, too.",
				Example: `local net, file = lab{"h1 -- h2"}, os.tmpname()` + "\n" + `net:capture("all", file):close() --> true` + "\nos.remove(file) --> true"},
		}}
}
