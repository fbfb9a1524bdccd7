// Package bridge joins a lab to the real world: a port of a lab's link to a TAP device or to an interface of this
// machine, so that real programs talk to lab hosts, and a port of this machine to one of a lab host.
//
// A TAP device and a raw link need CAP_NET_ADMIN or CAP_NET_RAW and Linux; a forwarded port needs neither. What is real
// keeps real time, so none of them joins a lab under simulated time. Closing leaves nothing behind; a process that is
// killed leaves nothing either, since the devices vanish with the files that hold them.
package bridge
