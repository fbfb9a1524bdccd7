// Package peer runs the programs that interop tests compare moonwire with: each ends with its test, and shows what it
// printed when the test fails. Everything but this page is built with the tag interop, on Unix.
package peer
