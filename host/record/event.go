package record

import "encoding/json"

// Kind is what an Event is.
type Kind string

// The kinds.
const (
	Ask  Kind = "ask"  // a call that was answered at once
	Wait Kind = "wait" // a call that waits
	Done Kind = "done" // the answer to one that waited
	Now  Kind = "now"  // the clock was read
	Due  Kind = "due"  // a timer's time has come
	Tell Kind = "tell" // something happened outside that nobody had asked for
	Idle Kind = "idle" // everybody waited, and nothing could happen
	Note Kind = "note" // what replay passes over: a line of standard error output
	Stop Kind = "stop" // the run was ended from outside; nothing after it counts
)

// An Event is one thing that happened between a script and the world outside.
type Event struct {
	Is   Kind   `json:"is"`
	At   int64  `json:"at"`             // nanoseconds since the start
	ID   int    `json:"id,omitempty"`   // of a wait and of its answer
	Task string `json:"task,omitempty"` // that called
	Line string `json:"line,omitempty"` // of the script, as FILE:LINE

	Call string          `json:"call,omitempty"` // as "conn.write"
	On   int             `json:"on,omitempty"`   // number of the socket, link or file
	New  int             `json:"new,omitempty"`  // number that the one that the call makes has
	Args json.RawMessage `json:"args,omitempty"`
	Sent []Bytes         `json:"sent,omitempty"` // packets or bytes that the script gave to the world

	Answer json.RawMessage `json:"answer,omitempty"`
	Error  *Failure        `json:"error,omitempty"`
}
