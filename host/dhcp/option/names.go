package option

import "strings"

var plainer = strings.NewReplacer("-", "", "_", "", " ", "", "/", "", ".", "", "+", "plus", "(", "", ")", "")

// Plain is a name without what may be written one way or another: case, and what stands between words.
func Plain(name string) string { return plainer.Replace(strings.ToLower(name)) }

// joined is names in quotes, with commas.
func joined(names []string) string {
	return `"` + strings.Join(names, `", "`) + `"`
}
