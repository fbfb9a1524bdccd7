// Command moonwire runs Lua scripts for network experiments.
package main

import (
	"os"

	"moonwire/host/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
