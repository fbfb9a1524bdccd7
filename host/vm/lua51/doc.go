// Package lua51 makes gopher-lua a whole Lua 5.1: the standard library, the compiler's messages, number formatting and
// the errors' words are those of the reference interpreter on x86-64 Linux. What is wanted to differ stands by name in
// testdata/wanted.txt, with a reason each.
//
// Open fills a state; Compile turns source into a prototype. Coroutines and the scheduler are package vm's.
package lua51
