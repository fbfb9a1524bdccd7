// Package nettest gives tests networks of their own: Linux network namespaces that need no privilege, joined by wires.
// A test runs again in a user namespace where it may do everything; what it made there is gone when it ends.
package nettest
