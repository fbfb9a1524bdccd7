// Package syntax reads Lua 5.1 source into gopher-lua's syntax tree, and refuses it in the reference parser's words:
// "file:1: unexpected symbol near 'x'". It also knows goto, labels and \xFF escapes.
//
// A node's line is the one the reference compiler would note for the instruction that the node becomes: of a call the
// line of its arguments' start, of an operation the line where its last operand ends.
package syntax
