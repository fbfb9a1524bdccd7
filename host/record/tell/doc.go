// Package tell tells a record in words: what a script asked of the world outside, what it sent and got, and where a run
// differed from what was recorded.
package tell
