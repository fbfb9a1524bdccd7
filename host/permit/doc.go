// Package permit is what a script may do to the machine and the networks around it. A Grant is one such thing, written as
// a header's needs are ("net 10.0.0.0/8:67/udp", "read /etc/hosts"); a Policy is what applies to one run. A task's context
// carries the policy; the network and the files that a task finds ask it before anything leaves or is opened.
package permit
