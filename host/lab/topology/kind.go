package topology

import "regexp"

// Kind is what a node is.
type Kind string

// The kinds of nodes.
const (
	Host   Kind = "host"
	Router Kind = "router"
	Switch Kind = "switch"
)

// Kinds lists every kind.
var Kinds = []Kind{Host, Router, Switch}

var (
	routerName = regexp.MustCompile(`^[Rr]([0-9]|$)|^[Rr]outer`)
	switchName = regexp.MustCompile(`^[Ss][0-9]|^[Ss][Ww]([^a-zA-Z]|$)|^[Ss]witch`)
)

// kindOf is what a node of that name is, unless somebody says otherwise.
func kindOf(name string) Kind {
	switch {
	case routerName.MatchString(name):
		return Router
	case switchName.MatchString(name):
		return Switch
	}
	return Host
}
