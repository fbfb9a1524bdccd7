// Package csv is Lua's csv module: tables as comma-separated values (RFC 4180), read whole or row by row, and written.
package csv
