// Package json is Lua's json module (RFC 8259), also as cjson and cjson.safe with lua-cjson's names, defaults and ways to fail.
// What JSON has and Lua has not keeps its meaning on the way there and back: null, empty arrays, integers past 2^53.
package json
