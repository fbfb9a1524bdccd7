package script

import (
	"strings"

	"moonwire/host/permit"
)

// told is what a need lets a script do; what it is of follows.
var told = map[permit.Kind]string{
	permit.ToNet:     "connect and send to",
	permit.Resolve:   "look up any name",
	permit.Listen:    "listen on",
	permit.Raw:       "send and receive whole frames",
	permit.Sniff:     "receive whole frames",
	permit.Configure: "change addresses, routes and interfaces",
	permit.Read:      "read",
	permit.Write:     "write",
	permit.Run:       "start the program",
	permit.Env:       "read the environment's",
	permit.Rate:      "send and connect at most",
}

// Words is the need as a sentence says it: "connect and send to HOST, port 161, by UDP".
func (n Need) Words() string {
	words := told[permit.Kind(n.What)]
	switch permit.Kind(n.What) {
	case permit.ToNet, permit.Listen:
		words += " " + place(n.Of)
	case permit.Raw, permit.Sniff, permit.Configure:
		words += linkWords(n.Of)
	case permit.Rate:
		words += " " + strings.TrimSuffix(n.Of, "/s") + " times a second"
	default:
		if n.Of != "" {
			words += " " + n.Of
		}
	}
	if n.If != "" {
		words += ", when " + strings.ToLower(n.If) + " is given"
	}
	return words
}

// linkWords are those of "on LINK to TARGET from SOURCE".
func linkWords(of string) string {
	var b strings.Builder
	for words := strings.Fields(of); len(words) > 1; words = words[2:] {
		for len(words) > 3 && words[2] == "or" {
			words = append([]string{words[0], words[1] + " or " + words[3]}, words[4:]...)
		}
		switch words[0] {
		case "on":
			b.WriteString(" on " + strings.Replace(words[1], theLink, "the chosen interface", 1))
		case "to":
			b.WriteString(" to " + place(words[1]))
		case "from":
			b.WriteString(strings.Replace(" from "+place(words[1]), "from any", "from any address", 1))
		}
	}
	return b.String()
}

// place is a network in words.
func place(of string) string {
	of, protocol, _ := cutProtocol(of)
	at, port, ported := cutLast(of, ":")
	if ported && (strings.Count(at, ":") == 0 || strings.HasSuffix(at, "]") || strings.Contains(at, "/")) {
		of = strings.Trim(at, "[]") + ", port " + port
	}
	switch of = strings.Replace(of, theLocal, "the networks of the interface", 1); of {
	case permit.Anything:
		of = "any address"
	}
	of = strings.Replace(of, "*, port", "any address, port", 1)
	if protocol != "" {
		of += ", by " + strings.ToUpper(protocol)
	}
	return of
}

// cutProtocol parts "/udp" from the end.
func cutProtocol(text string) (rest, protocol string, found bool) {
	rest, protocol, found = cutLast(text, "/")
	if !found || strings.ContainsAny(protocol, "0123456789:") {
		return text, "", false
	}
	return rest, protocol, true
}
