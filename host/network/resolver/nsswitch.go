package resolver

import (
	"slices"
	"strings"
)

// sources are the places to look in, "files" and "dns", in the order of nsswitch.conf(5)'s hosts line. Sources that
// only the C library can load (mdns, resolve, myhostname) are passed over.
func (r *Resolver) sources() []string {
	b, err := r.read("nsswitch.conf")
	if err != nil {
		return []string{"files", "dns"}
	}
	for line := range strings.Lines(string(b)) {
		line, _, _ = strings.Cut(line, "#")
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), "hosts:")
		if !ok {
			continue
		}
		var out []string
		for _, word := range strings.Fields(rest) {
			if (word == "files" || word == "dns") && !slices.Contains(out, word) {
				out = append(out, word)
			}
		}
		return out
	}
	return []string{"files", "dns"}
}
