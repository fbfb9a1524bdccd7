// Package machine runs gopher-lua's prototypes with Lua 5.1's own semantics and words: errors name the variable at
// fault, # ignores __len on tables, numbers become text by %.14g, a caught error leaves captured locals alone, and time
// is linear where the reference interpreter's is.
//
// It works by giving a state a main loop of its own. That reaches into gopher-lua's unexported fields, so layout.go
// mirrors them and refuses to work with a gopher-lua whose layout differs. Other states in the process aren't touched.
package machine
