package syntax

import "strings"

// Room for a chunk's name, its ending zero counted: in messages at run time (LUA_IDSIZE), and the parser's (MAXSRC).
const (
	idSize    = 60
	parseSize = 80
)

// ShortSource is how messages call a chunk: "@file" is file, "=name" is name, anything else the chunk's first line.
func ShortSource(chunkname string) string { return shorten(chunkname, idSize) }

func shorten(chunkname string, size int) string {
	switch {
	case strings.HasPrefix(chunkname, "="):
		return cut(chunkname[1:], size-1)
	case strings.HasPrefix(chunkname, "@"):
		name, room := chunkname[1:], size-len(" '...' ")-1
		if len(name) > room {
			return "..." + name[len(name)-room:]
		}
		return name
	}
	line, room := chunkname, size-len(` [string "..."] `)-1
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
