package dhcp6

// clientExample is an example with a client c, beside a server in a lab.
func clientExample(expr, value string) string {
	return `local net = lab{"h1 -- R1"}
` + expr + " --> " + value
}
