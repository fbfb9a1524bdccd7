// Package pretty prints Lua values for people: strings as literals, bytes as a hexdump, tables indented with sorted
// keys, and nothing without end.
package pretty
