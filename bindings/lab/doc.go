// Package lab is the module lab: whole networks in this process, for scripts. A topology is a line of text, or a table
// that says more; what it doesn't say is chosen (package topology). Each host is a world of its own: functions run in it,
// and everything they open belongs to it.
package lab
