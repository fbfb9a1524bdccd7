package script

import "testing"

// usual is a header as long as those that ship.
const usual = `-- title: Who answers?
-- about: what this one does, in a sentence or two of the usual length, so that
--        there is something to read
-- needs: net HOST:PORT/udp; resolve
-- lab:   pair on h1
-- arg:   host address = 10.0.0.2 | whom to ask
-- arg:   port port = 161 | where it listens
-- arg:   kind one of a|b|c = a | what to ask for
-- arg:   wait seconds 0.05..60 = 1 | for each answer
-- shows:
--   10.0.0.2 answers
-- categories: discovery, safe
-- author: the bench
-- version: 1.0

`

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("usual.lua", usual); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSkim(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if h := Skim(usual); h.Title == "" {
			b.Fatal(h)
		}
	}
}
