package lab

import (
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// needsAdmin is why examples of bridges are run in namespaces only.
const needsAdmin = "it makes a device of this machine, which takes CAP_NET_ADMIN"

// outsideMethods are a lab's that lead out of it.
func outsideMethods() []decl.Function {
	return []decl.Function{
		decl.Fn[bridgeArgs, *Bridge]{Name: "bridge", Run: bridgeTo, Blocks: true, Fails: []string{decl.Denied, decl.Exists, decl.NotFound, decl.Unsupported},
			Doc: "Join the lab to the real world: make a TAP device on a link or a switch, in this machine's network or in a namespace, so that programs " +
				"there (ping, curl, dhclient) are on that link; or join an interface that is there, so that the lab's hosts are on its network. It needs " +
				"Linux and CAP_NET_ADMIN (for an interface CAP_NET_RAW), and a lab in real time. The device is gone when the bridge, the lab or the process ends.",
			Example: `local net = lab{"h1 -- R1 -- h2"}` + "\n" + `net:bridge{node="h1", tap="lab0", addresses={"10.0.1.9/24"}, routes={["10.0.0.0/16"]="10.0.1.1"}}:interface() --> lab0`,
			NoRun:   needsAdmin},
		decl.Fn[forwardArgs, *Forward]{Name: "forward", Run: forward, Blocks: true, Default: forwardArgs{Protocol: "tcp"},
			Fails: []string{decl.Denied, decl.Exists, decl.NotFound, decl.Unsupported},
			Doc: "Let a port of this machine lead to one of a lab host, or a lab host's to one of the real world. It needs no privilege, and a lab " +
				"in real time.",
			Example: `local net = lab{"h1 -- h2"}
net.h2:serve_echo{}
local f = net:forward("127.0.0.1:0", "h2:7")
local host, port = f:address():match("^(.*):(%d+)$")
local c = socket.connect(host, port)
c:send("hello\n")
c:receive() --> hello, nil, nil`},
	}
}

func bridgeClass() *decl.Class {
	const begin = pair + `local b = net:bridge{link="h1--h2", tap="lab0"}` + "\n"
	const why = needsAdmin
	return &decl.Class{Name: "lab{bridge}", Doc: "A device of the real world on a link of the lab.", Type: reflect.TypeFor[*Bridge](),
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString},
		Methods: []decl.Function{
			decl.Fn[bridgeSelf, string]{Name: "interface", Run: bridgeInterface, Doc: "The device's name.", Example: begin + "b:interface() --> lab0", NoRun: why},
			decl.Fn[bridgeSelf, bridgeStats]{Name: "stats", Run: statsOfBridge, Doc: "Count the frames that crossed.", Example: begin + "b:stats().frames_in >= 0 --> true", NoRun: why},
			decl.Fn[bridgeSelf, decl.Done]{Name: "close", Run: closeBridge, Blocks: true, Doc: "Take the device away. It may be called twice.",
				Example: begin + "b:close(), b:close() --> true, true", NoRun: why},
		}}
}

func forwardClass() *decl.Class {
	const begin = pair + `local f = net:forward("127.0.0.1:0", "h2:80")` + "\n"
	return &decl.Class{Name: "lab{forward}", Doc: "A port that leads into the lab, or out of it.", Type: reflect.TypeFor[*Forward](),
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString},
		Methods: []decl.Function{
			decl.Fn[forwardSelf, string]{Name: "address", Run: forwardAddress, Doc: "Where it listens, as ip:port.", Example: begin + `f:address():match("^127.0.0.1:") --> 127.0.0.1:`},
			decl.Fn[forwardSelf, forwardStats]{Name: "stats", Run: statsOfForward, Doc: "Count what it carried.", Example: begin + "f:stats().clients --> 0"},
			decl.Fn[forwardSelf, decl.Done]{Name: "close", Run: closeForward, Blocks: true, Doc: "Stop listening and end all connections. It may be called twice.",
				Example: begin + "f:close(), f:close() --> true, true"},
		}}
}
