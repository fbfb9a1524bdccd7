// Package live watches DHCP where it passes now: on an interface, in promiscuous mode, beside clients and servers that run
// there. What it reads goes to a watch.Watcher, and so does the time.
package live
