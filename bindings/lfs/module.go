package lfs

import "moonwire/host/decl"

const whyLFS = "answers as LuaFileSystem does: nil, message, errno"

// Module declares all that Lua sees as require "lfs".
func Module() *decl.Module {
	path := decl.Param{Name: "path", Type: "string", Doc: "from the current directory, unless it begins with /"}
	file := decl.Param{Name: "file", Type: "file*", Doc: "an open file of the io library"}
	start := decl.Param{Name: "start", Type: "integer", Optional: true, Default: "0", Doc: "offset of the first byte"}
	length := decl.Param{Name: "length", Type: "integer", Optional: true, Default: "0", Doc: "bytes; 0 is all that follow"}
	done := refused(decl.Param{Name: "ok", Type: "true", Optional: true, Doc: "nil when it was refused"})
	request := decl.Param{Name: "request", Type: "string|table", Optional: true, Choices: requests(), Doc: "the attribute wanted, or a table to fill"}
	found := refused(decl.Param{Name: "attributes", Type: "table|string|integer", Optional: true, Doc: "all, or the one wanted"})
	return &decl.Module{
		Name: "lfs",
		Doc: "Files and directories as LuaFileSystem 1.8 has them. Refusals are nil, message and errno; the current directory is the " +
			"script's own, and io.open starts from it too.",
		Source: "LuaFileSystem 1.8",
		Funcs: []decl.Function{
			decl.Raw{Name: "attributes", Run: attributes, Why: whyLFS, Params: []decl.Param{path, request}, Results: found,
				Doc: "What is known of a file: mode (file, directory, link, socket, named pipe, char device, block device, other), size in bytes, " +
					"access, modification and change in seconds since 1970, permissions as rwxrwxrwx, dev, ino, nlink, uid, gid, rdev, blocks, blksize.",
				Example: `lfs.attributes(".", "mode") --> "directory"`},
			decl.Raw{Name: "symlinkattributes", Run: symlinkAttributes, Why: whyLFS, Params: []decl.Param{path, request}, Results: found,
				Doc: "The same of a link itself, and its target.", Example: `lfs.symlinkattributes(".").mode --> "directory"`},
			decl.Raw{Name: "dir", Run: dir, Why: whyLFS, Params: []decl.Param{path},
				Doc:     "Iterate over the names in a directory, . and .. among them; raises when there is no such directory.",
				Results: []decl.Param{{Name: "iterator", Type: "fun(dir: directory): string?", Doc: "for a generic for"}, {Name: "directory", Type: "directory", Doc: "what it iterates over"}},
				Example: "local n = 0\nfor name in lfs.dir(\".\") do if name == \"..\" then n = n + 1 end end\nn --> 1"},
			decl.Raw{Name: "mkdir", Run: mkdir, Why: whyLFS, Params: []decl.Param{path}, Results: done, Doc: "Make a directory.",
				Example: `lfs.mkdir(".") --> nil, "File exists", 17`},
			decl.Raw{Name: "rmdir", Run: rmdir, Why: whyLFS, Params: []decl.Param{path}, Results: done, Doc: "Remove a directory that is empty.",
				Example: `lfs.rmdir("no such place") --> nil, "No such file or directory", 2`},
			decl.Raw{Name: "currentdir", Run: currentdir, Why: whyLFS, Doc: "The current directory.",
				Results: refused(decl.Param{Name: "path", Type: "string", Optional: true, Doc: "begins with /"}), Example: `type(lfs.currentdir()) --> "string"`},
			decl.Raw{Name: "chdir", Run: chdir, Why: whyLFS, Params: []decl.Param{path}, Results: done[:2],
				Doc: "Change the current directory of this script; the process's stays.", Example: `lfs.chdir(".") --> true`},
			decl.Raw{Name: "link", Run: link, Why: whyLFS, Doc: "Give a file another name.",
				Params: []decl.Param{{Name: "target", Type: "string", Doc: "the file"}, {Name: "name", Type: "string", Doc: "its new name"},
					{Name: "symbolic", Type: "boolean", Optional: true, Doc: "make a link that holds the target's name"}},
				Results: done, Example: `lfs.link("no such file", "name") --> nil, "No such file or directory", 2`},
			decl.Raw{Name: "touch", Run: touch, Why: whyLFS, Doc: "Set a file's times.",
				Params: []decl.Param{path, {Name: "access", Type: "number", Optional: true, Doc: "seconds since 1970; now"},
					{Name: "modification", Type: "number", Optional: true, Doc: "seconds since 1970; as access"}},
				Results: done, Example: `lfs.touch("no such file") --> nil, "No such file or directory", 2`},
			decl.Raw{Name: "lock", Run: lock, Why: whyLFS, Doc: "Lock a part of a file against other processes, without waiting.",
				Params: []decl.Param{file, {Name: "mode", Type: "string", Choices: []string{"r", "w", "u"}, Doc: "r shared, w exclusive, u unlocks"}, start, length}, Results: done,
				Example: "local f = assert(io.tmpfile())\nlfs.lock(f, \"w\") --> true"},
			decl.Raw{Name: "unlock", Run: unlock, Why: whyLFS, Params: []decl.Param{file, start, length}, Results: done, Doc: "Unlock a part of a file.",
				Example: "local f = assert(io.tmpfile())\nlfs.unlock(f) --> true"},
			decl.Raw{Name: "lock_dir", Run: lockDir, Why: whyLFS, Doc: "Lock a directory by a link named lockfile.lfs in it; the lock ends with the task that took it.",
				Params:  []decl.Param{path, {Name: "stale", Type: "number", Optional: true, Doc: "take over a lock older than so many seconds"}},
				Results: []decl.Param{{Name: "lock", Type: "lock", Optional: true, Doc: "nil when another has it"}, {Name: "message", Type: "string", Optional: true, Doc: "why not"}},
				Example: `lfs.lock_dir("no such place") --> nil, "No such file or directory"`},
			decl.Raw{Name: "setmode", Run: setmode, Why: whyLFS, Doc: "Accepted for portable programs: files are always binary.",
				Params:  []decl.Param{file, {Name: "mode", Type: "string", Choices: []string{"binary", "text"}, Doc: "no matter"}},
				Results: []decl.Param{{Name: "ok", Type: "true", Doc: "always"}, {Name: "before", Type: "string", Doc: "binary"}},
				Example: `lfs.setmode(io.tmpfile(), "text") --> true, "binary"`},
		},
		Consts:  []decl.Const{{Name: "_VERSION", Value: "LuaFileSystem 1.8.0", Doc: "The version whose functions these are."}},
		Classes: []*decl.Class{directoryClass(), lockClass()},
	}
}

// refused adds what follows nil.
func refused(result decl.Param) []decl.Param {
	return []decl.Param{result, {Name: "message", Type: "string", Optional: true, Doc: "why not"}, {Name: "errno", Type: "integer", Optional: true, Doc: "C's number of the error"}}
}

// requests are the names of attributes.
func requests() []string {
	var names []string
	for _, a := range attributeList {
		names = append(names, a.name)
	}
	return names
}
