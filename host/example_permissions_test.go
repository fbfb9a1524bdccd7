package host_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"moonwire/host"
	"moonwire/host/decl"
	"moonwire/host/permit"
	"moonwire/host/vm"
)

// A stranger's script gets limits, and grants for what it needs; Lua's own ways out are closed. What it is refused comes back
// as a typed error, with what would allow it.
func ExampleOptions_permissions() {
	snmp, err := permit.Parse("net 10.0.0.0/8:161/udp")
	if err != nil {
		panic(err)
	}
	h := host.New(host.Options{
		Limits:      vm.Limits{Timeout: 10 * time.Second, Instructions: 1e9, Output: 1 << 20},
		Permissions: &permit.Policy{Allow: permit.Grants{snmp}},
	})
	err = h.Run(context.Background(), host.Code("stranger.lua", `
print(os.getenv "HOME", io.open "/etc/passwd")
assert(require "socket".connect("192.0.2.1", 80))`))
	fmt.Println(err)

	var refusal *permit.Refusal
	if errors.As(err, &refusal) {
		fmt.Println("tried:", refusal.Tried)
		fmt.Println("would allow it:", refusal.Would)
	}
	fmt.Println("kind:", decl.KindOf(err))
	// Output:
	// nil	nil	/etc/passwd: reading /etc/passwd is not allowed: the script declares no read; --allow-read=/etc/passwd would allow it	13
	// stranger.lua:3: tcp connect to 192.0.2.1:80 is not allowed: the script declares net 10.0.0.0/8:161/udp; --allow-net=192.0.2.1:80/tcp would allow it
	// tried: tcp connect to 192.0.2.1:80
	// would allow it: net 192.0.2.1:80/tcp
	// kind: denied
}

// Every refusal can be told of, also those that the script lives with.
func ExampleOptions_refusals() {
	log := func(r *permit.Refusal) { fmt.Println("refused:", r.Tried) }
	h := host.New(host.Options{Permissions: &permit.Policy{OnRefusal: log}})
	err := h.Run(context.Background(), host.Code("tries.lua", `
local value, message, kind = require "dgram".udp():send("x", "192.0.2.1:9")
print(value, kind)`))
	fmt.Println(err)
	// Output:
	// refused: udp send to 192.0.2.1:9
	// nil	denied
	// <nil>
}

// A script that may do what it likes may still be denied something.
func ExampleOptions_denied() {
	secrets, err := permit.Parse("read /etc")
	if err != nil {
		panic(err)
	}
	h := host.New(host.Options{Permissions: &permit.Policy{All: true, Deny: permit.Grants{secrets}}})
	err = h.Run(context.Background(), host.Code("own.lua", `print((select(2, io.open "/etc/passwd")))`))
	fmt.Println(err)
	// Output:
	// /etc/passwd: reading /etc/passwd is not allowed: --deny-read=/etc forbids it
	// <nil>
}
