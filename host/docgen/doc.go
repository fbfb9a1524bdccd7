// Package docgen turns the records of modules into what people read: text for the terminal, Markdown for the
// reference, LuaLS stubs for editors, names for completion. Modules written in Lua are read from their LuaLS comments
// into the same records.
package docgen
