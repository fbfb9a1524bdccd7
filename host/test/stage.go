package test

import (
	"moonwire/host"
	"moonwire/host/script"
)

// A Stage is where the tests of a file run, and what they find there.
type Stage struct {
	Options host.Options // streams and what concerns tests aside
	Script  host.Script
	Shows   *script.Header // of a script that is a test by what its header says it prints; nil: the file declares tests
	Close   func()         // at the end
}

// A Theatre knows files, and where their tests run: what the command line says.
type Theatre interface {
	// Stage makes the stage for one test of a file.
	Stage(file string) (*Stage, error)
	// Script finds a script by its name or file, from the folder of a test on.
	Script(dir, name string) (host.Script, *script.Header, error)
}
