// Package code turns a syntax tree into a gopher-lua prototype. It allots registers, constants and jumps as the
// reference compiler does, so that debug.getlocal, a message's variable names and line numbers agree with it. The
// prototypes run on any gopher-lua state.
package code
