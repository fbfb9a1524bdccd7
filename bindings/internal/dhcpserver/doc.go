// Package dhcpserver is what the servers of modules dhcp and dhcp6 have in common towards Lua: serving with a script's
// functions, the choice of an interface, patterns for clients, rows, and relay agents.
package dhcpserver
