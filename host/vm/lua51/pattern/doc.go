// Package pattern is Lua 5.1's pattern matching (manual section 5.4.1), with the frontier %f of later versions and zero
// bytes allowed in patterns.
package pattern
