// Package permit is what a script may do to the networks around it: what its header declares ("-- needs: net
// 10.0.0.0/8:67/udp") and what its user allows (--allow-net). A task's context carries it; whoever sends load asks here
// first.
package permit
