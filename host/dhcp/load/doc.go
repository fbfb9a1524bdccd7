// Package load puts the load of many clients on DHCP servers, at a rate, and tells what perfdhcp tells: rates, drops and
// delays of each kind of exchange.
//
// The load is open-loop: exchanges begin when the rate says, whether or not earlier ones were answered, and what was sent
// late is told. One goroutine does it all: frames are filled from templates and written many at a time, answers are read
// in place, and a client is found from a transaction id by arithmetic.
package load
