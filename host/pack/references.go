package pack

import (
	"strings"
	"unicode"
)

// references are what a source names that lies in other files.
type references struct {
	modules []string // of require and task.worker
	data    []string // of script.open and script.read
}

// referencesIn finds names that stand in the source as they are; one that is put together when the script runs is not
// found.
func referencesIn(source string) references {
	var refs references
	words := wordsOf(source)
	for i, w := range words {
		if !w.quoted {
			continue
		}
		before := func(n int) string {
			if i-n < 0 || words[i-n].quoted {
				return ""
			}
			return words[i-n].text
		}
		skip := 1
		if before(skip) == "(" {
			skip++
		}
		function := before(skip)
		if before(skip+1) == "." {
			function = before(skip+2) + "." + function
		}
		switch function {
		case "require":
			refs.modules = append(refs.modules, w.text)
		case "task.worker":
			refs.modules = append(refs.modules, strings.TrimSuffix(w.text, ".lua"))
		case "script.open", "script.read":
			refs.data = append(refs.data, w.text)
		}
	}
	return refs
}

// A word is a piece of Lua: a name, a string's contents or a single sign.
type word struct {
	text   string
	quoted bool
}

// wordsOf cuts a source into words. Comments are left out.
func wordsOf(source string) []word {
	var words []word
	for source != "" {
		switch c := source[0]; {
		case strings.HasPrefix(source, "--"):
			source = afterComment(source[2:])
		case c == '"' || c == '\'':
			text, rest := quoted(source)
			words, source = append(words, word{text, true}), rest
		case longLevel(source) >= 0:
			text, rest := long(source)
			words, source = append(words, word{text, true}), rest
		case isLetter(c):
			n := len(source) - len(strings.TrimLeftFunc(source, func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }))
			words, source = append(words, word{source[:n], false}), source[n:]
		default:
			if c > ' ' {
				words = append(words, word{source[:1], false})
			}
			source = source[1:]
		}
	}
	return words
}

func isLetter(c byte) bool { return c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' }

// afterComment is what follows a comment, whose dashes are gone.
func afterComment(text string) string {
	if longLevel(text) >= 0 {
		_, rest := long(text)
		return rest
	}
	_, rest, _ := strings.Cut(text, "\n")
	return rest
}

// quoted reads a string in quotes. Escapes stay as they are: no path needs one.
func quoted(text string) (content, rest string) {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case text[0], '\n':
			return text[1:i], text[i+1:]
		}
	}
	return "", ""
}

// longLevel counts the equals signs of a long bracket; -1 when there is none.
func longLevel(text string) int {
	if !strings.HasPrefix(text, "[") {
		return -1
	}
	inner := strings.TrimLeft(text[1:], "=")
	if !strings.HasPrefix(inner, "[") {
		return -1
	}
	return len(text) - 1 - len(inner)
}

// long reads a string in long brackets.
func long(text string) (content, rest string) {
	level := longLevel(text)
	content, rest, _ = strings.Cut(text[level+2:], "]"+strings.Repeat("=", level)+"]")
	return content, rest
}
