package main

import (
	"fmt"
	"os"

	"moonwire/host/mib/smi/smitest"
)

// mibModules are as many modules as a vendor has, of a vendor's usual size.
const mibModules = 1000

// mibLua reads them and asks for the last one's name.
const mibLua = `local mib = require "mib"
local loaded = assert(mib.load(%q))
assert(loaded.errors == 0, loaded.problems[1] and loaded.problems[1].message)
print(mib.oid(%q))`

// naming compares reading MIB files with net-snmp: whole processes, which read the same files and look up one name.
func naming(moonwire string) ([]row, error) {
	dir, err := os.MkdirTemp("", "mw-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := smitest.Base(dir); err != nil {
		return nil, err
	}
	if err := smitest.Vendor(dir, mibModules); err != nil {
		return nil, err
	}
	last := smitest.Last(mibModules)
	ours, peer, err := pair([]string{moonwire, "run", "--here", "-e", fmt.Sprintf(mibLua, dir, last)},
		[]string{"snmptranslate", "-M", dir, "-m", "ALL", "-On", last})
	if err != nil {
		return nil, err
	}
	return []row{{fmt.Sprintf("%d modules: moonwire / snmptranslate", mibModules), ms(ours), ms(peer), float64(ours) / float64(peer), "<= 1"}}, nil
}
