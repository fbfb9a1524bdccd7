// Package lfs is Lua's lfs module: LuaFileSystem 1.8's functions over the files a script may touch. Its results are
// LuaFileSystem's own: a refusal is nil, message and errno. The current directory is the script's, not the process's:
// io.open and all else that takes file names start from it.
package lfs
