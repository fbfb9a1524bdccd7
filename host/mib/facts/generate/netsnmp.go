package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"moonwire/host/mib"
	"moonwire/host/mib/smi"
	"moonwire/host/network"
)

// netSNMP reads net-snmp's own MIB files, which Debian's libsnmp-base installs (BSD), in place of what modules has under
// their names. Those that only show how a MIB is written are left out.
func netSNMP(folder string, modules []*mib.Module) ([]*mib.Module, error) {
	tree := mib.New(mib.NewSet(modules...))
	set, err := smi.Load(context.Background(), network.OSFiles(), []string{folder}, smi.Options{Known: tree})
	if err != nil {
		return nil, err
	}
	for _, p := range set.Problems {
		return nil, fmt.Errorf("%s", p.String())
	}
	own := slices.DeleteFunc(set.Modules, func(m *mib.Module) bool {
		return strings.Contains(m.Name, "EXAMPLE") || strings.Contains(m.Name, "DEMO")
	})
	if len(own) == 0 {
		return nil, fmt.Errorf("no MIB files in %s", folder)
	}
	modules = slices.DeleteFunc(modules, func(m *mib.Module) bool { return strings.HasPrefix(m.Name, "NET-SNMP-") })
	return append(modules, own...), nil
}
