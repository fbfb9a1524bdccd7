// Package repl is the prompt: one types a line of Lua, it runs, its results are printed as Lua values, and the tasks it
// started go on while one types the next.
//
// # Locals
//
// A local of the top level lives as long as the session. Each input is compiled as a function whose upvalues are the
// locals of the inputs before it, so the rule is Lua's own: an input stands in the scope of all inputs before it. A
// local that is declared again is a new variable; functions that saw the old one keep the old one. A local inside a
// block ends with that block.
//
// # Results
//
// An input is first read as an expression. Its values are printed, and the first becomes _.
package repl
