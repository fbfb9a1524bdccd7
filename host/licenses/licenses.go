// Package licenses holds the notices of everything that is linked into moonwire, and of the tables that are built in.
package licenses

import _ "embed"

//go:generate go run ./generate -o notices.txt

// Notices are the licences of moonwire, of Go and of every module, each below a line "== MODULE VERSION", and of built-in
// tables (folder data).
//
//go:embed notices.txt
var Notices string
