// Package journal keeps on disk what a process has changed on this machine for longer than it may live itself, so that
// another one can undo it when this one was killed. Linux only: elsewhere nothing is changed.
//
// A process has one file, from its first change until its last one is undone. Its lines are JSON: who writes, then each
// change before it is made, and the number of each that was undone. The writer holds a lock on the file (flock(2)) for as
// long as it lives, and the kernel ends that however the process ends. A last line that is not whole was being written by
// a process that had not yet made that change.
//
// A folder that others may write to, and a file that is a link or another user's, are refused: what stands in a journal is
// done with the rights of whoever reads it.
package journal
