// Package pack reads and writes packs: a recipe in one file, NAME.moon, that others run without reading its code.
//
// A pack is a plain zip. It holds
//
//	manifest.json           what the recipe is, what it needs, and the size and SHA-256 of every other file
//	manifest.json.minisig   a signature over the manifest in minisign's format, when the pack is signed
//	main.lua, ...           the recipe, its modules and its data
//
// The signature covers the manifest and the manifest covers the files, so a signed pack can't be changed in any part.
// "minisign -V" checks it without moonwire: unzip both files and name the manifest.
//
// A reader believes nothing. The zip has one directory at its very end and its entries lie one behind the other; names
// are plain relative paths that every system can hold; what isn't in the manifest isn't read; sizes are bounded before
// anything is unpacked; and a file's bytes are given out only after their hash was found right.
package pack
