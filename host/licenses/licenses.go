// Package licenses holds the notices of everything that is linked into moonwire.
package licenses

import _ "embed"

//go:generate go run ./generate -o notices.txt

// Notices are the licences of moonwire, of Go and of every module, each below a line "== MODULE VERSION".
//
//go:embed notices.txt
var Notices string
