package dhcp6

// clientExample is an example with a client c of a server at fd00:0:0:1::1, on a link of a lab.
func clientExample(expr, value string) string {
	return `local c = assert(dhcp6.client{mac="02:00:00:00:09:01"})
` + expr + " --> " + value
}

// needsServer is why such an example isn't run by itself.
const needsServer = "it needs a server"
