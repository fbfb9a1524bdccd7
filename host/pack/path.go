package pack

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPath is the longest path of a file, in bytes, and maxPart the longest word between two slashes, which is what file
// systems take.
const (
	maxPath = 1024
	maxPart = 255
)

// checkPath refuses paths that are not the plain path of a file on every system.
func checkPath(path string) error {
	switch {
	case !utf8.ValidString(path):
		return errors.New("the name is not UTF-8")
	case strings.HasPrefix(path, "/"):
		return errors.New("an absolute path")
	case strings.ContainsRune(path, '\\'):
		return errors.New(`a path with '\'`)
	case strings.HasSuffix(path, "/"):
		return errors.New("a folder, not a file")
	case !fs.ValidPath(path) || path == ".":
		return errors.New("a path that leaves its folder")
	case len(path) > maxPath:
		return fmt.Errorf("a path of %d bytes", len(path))
	}
	for part := range strings.SplitSeq(path, "/") {
		if err := checkPart(part); err != nil {
			return err
		}
	}
	return nil
}

// checkPart refuses what Windows doesn't take as a name, or takes for another one.
func checkPart(part string) error {
	if i := strings.IndexFunc(part, func(r rune) bool { return !unicode.IsPrint(r) || strings.ContainsRune(`<>:"|?*`, r) }); i >= 0 {
		r, _ := utf8.DecodeRuneInString(part[i:])
		return fmt.Errorf("a name with %q", r)
	}
	stem, _, _ := strings.Cut(part, ".")
	switch {
	case strings.HasSuffix(part, ".") || strings.HasSuffix(part, " "):
		return fmt.Errorf("a name that ends in %q", part[len(part)-1])
	case len(part) > maxPart:
		return fmt.Errorf("a name of %d bytes", len(part))
	case devices[strings.ToUpper(strings.TrimRight(stem, " "))]:
		return fmt.Errorf("'%s' is a device on Windows", part)
	}
	return nil
}

// devices are the names that Windows keeps, with any extension.
var devices = map[string]bool{"CON": true, "PRN": true, "AUX": true, "NUL": true, "CONIN$": true, "CONOUT$": true}

func init() {
	for _, digit := range []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"} {
		devices["COM"+digit], devices["LPT"+digit] = true, true
	}
}

// folded is a path as file systems compare it that don't tell upper from lower case.
func folded(path string) string { return strings.ToLower(strings.ToUpper(path)) }

// A pathSet knows the paths that were seen.
type pathSet map[string]string // the path by its folded form; of folders, the first file in them

// add refuses a path that stands for the same file as an earlier one, and a file where another path has a folder.
func (s pathSet) add(path string) error {
	key := folded(path)
	switch first, seen := s[key]; {
	case seen && first == path:
		return errors.New("comes twice")
	case seen && folded(first) == key:
		return fmt.Errorf("differs from '%s' in upper and lower case only", first)
	case seen:
		return fmt.Errorf("is also a folder, that of '%s'", first)
	}
	s[key] = path
	for i, r := range key {
		if r != '/' {
			continue
		}
		switch first, seen := s[key[:i]]; {
		case !seen:
			s[key[:i]] = path
		case folded(first) == key[:i]:
			return fmt.Errorf("'%s' is a file, not a folder", first)
		}
	}
	return nil
}
