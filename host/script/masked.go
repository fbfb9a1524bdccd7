package script

import "regexp"

// masks say what may differ between a script's output and its header's "shows", in this order.
var masks = []struct {
	pattern *regexp.Regexp
	with    string
}{
	// A number with a unit is a measurement, and so are several of them parted by slashes.
	{regexp.MustCompile(`(?:\d+(?:\.\d+)?/)*\d+(?:\.\d+)? (ns|us|ms|s|bytes?|dB|pieces|times|%)(\W|$)`), "N $1$2"},
	// A port from 10000 up was chosen by the system.
	{regexp.MustCompile(`(port |:)\d{5}\b`), "${1}P"},
	// A hexadecimal number of four digits or more is an identifier, chosen by chance.
	{regexp.MustCompile(`\b0x[0-9a-f]{4,}\b`), "0xN"},
	// Columns and arrows are as wide as what stands in them, a bar is a measurement.
	{regexp.MustCompile(`[ \t]+`), " "},
	{regexp.MustCompile(`-{2,}`), "-"},
	{regexp.MustCompile(`={2,}`), "="},
	{regexp.MustCompile(` ?\.(?: ?\.)+ ?`), " . "},
	{regexp.MustCompile(`(?m)^ | $`), ""},
}

// Masked is output as it is compared with a header's "shows": numbers with a unit, ports and identifiers that the system chose and the
// widths of columns, arrows and bars may differ, all else must not.
func Masked(output string) string {
	for _, m := range masks {
		output = m.pattern.ReplaceAllString(output, m.with)
	}
	return output
}
