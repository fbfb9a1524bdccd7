// Package tape stands between a script and the world outside, and keeps what was asked and answered in a record; or
// stands for that world and answers from the record.
//
// Both live by a paced clock (package simtime), under which one goroutine runs at a time, in an order that depends only on
// what comes from outside, and when. So the record is one list: each call with its answer, each answer that had to be
// waited for at the place where it came, each timer that ended. The same script with the same answers makes the same
// list, and the first place where it doesn't is a Difference.
//
// A Tape wraps the network, the files, the environment and the standard streams. Each wrapped object makes a question of
// a call; a recorder has the wrapped one answer it, a player takes the answer from the record.
package tape
