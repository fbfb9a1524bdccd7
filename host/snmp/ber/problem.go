package ber

import "fmt"

// A Problem is a place where bytes depart from the standard.
type Problem struct {
	Offset int    // of the element, in the bytes that are read
	What   string // what is wrong there
	Broken bool   // what stands there can't be read: something is missing in the result
}

// String tells the problem and its place.
func (p Problem) String() string { return fmt.Sprintf("%s (at byte %d)", p.What, p.Offset) }

// Error makes a problem an error.
func (p Problem) Error() string { return p.String() }

// A Log collects problems.
type Log []Problem

// enough is how many problems a log keeps: the first ones tell the story.
const enough = 100

// note adds a problem, unless there are many or nobody listens.
func (l *Log) note(p Problem) {
	if l != nil && (len(*l) < enough || p.Broken && l.Broken() == nil) {
		*l = append(*l, p)
	}
}

// Broken is the first problem that made something unreadable, nil when there is none.
func (l Log) Broken() error {
	for _, p := range l {
		if p.Broken {
			return p
		}
	}
	return nil
}
