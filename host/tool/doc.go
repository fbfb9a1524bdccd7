// Package tool makes an executable of moonwire and a recipe, and finds the recipe again when that executable starts.
//
// A tool is a moonwire with a pack behind it. Where the pack begins and how long it is stands in the slot, a few bytes of
// moonwire's own data that Build fills. So a tool knows that it is one, even when strip has cut the pack off or a signing
// program has put something behind it, and a plain moonwire looks for nothing when it starts.
//
// ELF and PE files don't mind what follows them. A Mach-O file must account for all its bytes: there the pack becomes a
// part of the last segment, and a signature that the linker made is made anew, since macOS runs no arm64 program whose
// signature is wrong.
package tool
