// Package mime has the low-level filters behind LuaSocket's mime module: the content transfer encodings of RFC 2045
// sections 6.7 and 6.8, line wrapping, end-of-line markers and the dot stuffing of RFC 5321 section 4.5.2. Lua sees it
// as require "mime.core"; the filters for ltn12 are made from it in stdlib/mime.lua.
//
// Each function works on a piece of a stream: what it can't finish yet it returns for the next call.
package mime
