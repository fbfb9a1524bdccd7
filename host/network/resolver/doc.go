// Package resolver finds the addresses behind a name and the names behind an address as the C library does: by
// /etc/hosts and by DNS, in the order of /etc/nsswitch.conf, with the servers, search list and options of
// /etc/resolv.conf. It opens no socket itself, so that it serves a namespace and an in-process lab too. Unlike
// package net's resolver it tells a name without addresses from an unknown one, and gives the canonical name.
package resolver
