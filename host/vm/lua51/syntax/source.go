package syntax

import "strings"

// idSize is the room for a chunk's name in messages, its ending zero counted (LUA_IDSIZE).
const idSize = 60

// ShortSource is how messages call a chunk: "@file" is file, "=name" is name, anything else the chunk's first line.
func ShortSource(chunkname string) string {
	switch {
	case strings.HasPrefix(chunkname, "="):
		return cut(chunkname[1:], idSize-1)
	case strings.HasPrefix(chunkname, "@"):
		name, room := chunkname[1:], idSize-len(" '...' ")-1
		if len(name) > room {
			return "..." + name[len(name)-room:]
		}
		return name
	}
	line, room := chunkname, idSize-len(` [string "..."] `)-1
	if i := strings.IndexAny(line, "\n\r"); i >= 0 {
		line = line[:i]
	}
	if len(line) > room {
		line = line[:room]
	}
	if len(line) < len(chunkname) {
		return `[string "` + line + `..."]`
	}
	return `[string "` + line + `"]`
}

func cut(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}
