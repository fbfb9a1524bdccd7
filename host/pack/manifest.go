package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"moonwire/host/script"
)

// The files of a pack that are not the recipe's.
const (
	manifestName  = "manifest.json"
	signatureName = "manifest.json.minisig"
)

// Format is the version of the pack format that this package writes. It reads no other.
const Format = 1

// A Manifest says what a pack is. Its text is what gets signed.
type Manifest struct {
	Format  int      `json:"format"`
	Name    string   `json:"name"`
	Version string   `json:"version"`
	Title   string   `json:"title"`
	Main    string   `json:"main"`            // the file that runs
	Needs   []string `json:"needs"`           // what it must be allowed, as its header has it
	Flags   []string `json:"flags,omitempty"` // moonwire's own, of a built tool
	Files   []File   `json:"files"`           // by path
}

// A File is what the manifest says of one file.
type File struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // in hexadecimal
}

// newFile describes data.
func newFile(path string, data []byte) File {
	return File{Path: path, Size: int64(len(data)), SHA256: sum(data)}
}

func sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

// encode is the manifest's one text.
func (m *Manifest) encode() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		panic(err) // strings and numbers only
	}
	return b.Bytes()
}

// parseManifest reads a manifest and refuses what a newer moonwire, or nobody honest, has written. A manifest has one
// text only, so two programs can't read it in two ways.
func parseManifest(text []byte) (*Manifest, error) {
	problem := func(format string, args ...any) error { return refuseEntry(manifestName, format, args...) }
	var version struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(text, &version); err != nil {
		return nil, problem("%s", jsonProblem(err))
	}
	if version.Format > Format {
		return nil, problem("format %d is newer than this moonwire, which reads format %d", version.Format, Format)
	}
	if version.Format != Format {
		return nil, problem("format %d is none that this moonwire reads", version.Format)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	m := &Manifest{}
	if err := d.Decode(m); err != nil {
		return nil, problem("%s", jsonProblem(err))
	}
	if !bytes.Equal(m.encode(), text) {
		return nil, problem("not written as moonwire writes it: a key twice, in another order or in other letters")
	}
	if err := m.check(); err != nil {
		return nil, problem("%s", err)
	}
	return m, nil
}

// jsonProblem is what a manifest's text has wrong.
func jsonProblem(err error) string {
	var wrong *json.UnmarshalTypeError
	var broken *json.SyntaxError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		return fmt.Sprintf("'%s' is no %s here", wrong.Field, wrong.Value)
	case errors.As(err, &wrong), errors.As(err, &broken):
		return fmt.Sprintf("not JSON as moonwire writes it: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

// isWord says whether text is short, begins with a letter or a digit and goes on with those or marks.
func isWord(text, marks string) bool {
	for i := range len(text) {
		c := text[i]
		alphanumeric := c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
		if !alphanumeric && (i == 0 || strings.IndexByte(marks, c) < 0) {
			return false
		}
	}
	return text != "" && len(text) <= 64
}

// isHash says whether text is a SHA-256 in hexadecimal.
func isHash(text string) bool { return len(text) == 64 && strings.Trim(text, "0123456789abcdef") == "" }

// CheckName refuses what can't be a recipe's name.
func CheckName(name string) error {
	if !isWord(name, "_.-") || checkPath(name) != nil {
		return fmt.Errorf("'%s' is no name for a recipe (letters, digits, . _ and -)", name)
	}
	return nil
}

// CheckVersion refuses what can't be a version.
func CheckVersion(version string) error {
	if !isWord(version, "_.+~-") || checkPath(version) != nil {
		return fmt.Errorf("'%s' is no version (letters, digits, . _ + ~ and -)", version)
	}
	return nil
}

// check refuses a manifest that contradicts itself.
func (m *Manifest) check() error {
	if err := CheckName(m.Name); err != nil {
		return err
	}
	if err := CheckVersion(m.Version); err != nil {
		return err
	}
	for _, text := range append([]string{m.Title}, m.Needs...) {
		if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
			return fmt.Errorf("a control character in '%q'", text)
		}
	}
	if m.Needs == nil || m.Files == nil {
		return fmt.Errorf("no needs or no files")
	}
	if err := m.checkFiles(); err != nil {
		return err
	}
	if !slices.ContainsFunc(m.Files, func(f File) bool { return f.Path == m.Main }) {
		return fmt.Errorf("its main file '%s' is not among its files", m.Main)
	}
	return nil
}

func (m *Manifest) checkFiles() error {
	seen, total := pathSet{}, int64(0)
	for i, f := range m.Files {
		if err := checkPath(f.Path); err != nil {
			return fmt.Errorf("file '%s': %w", f.Path, err)
		}
		if err := seen.add(f.Path); err != nil {
			return fmt.Errorf("file '%s' %w", f.Path, err)
		}
		switch {
		case own(f.Path):
			return fmt.Errorf("file '%s' can't be one of the recipe", f.Path)
		case i > 0 && m.Files[i-1].Path > f.Path:
			return fmt.Errorf("file '%s' is not in order", f.Path)
		case f.Size < 0 || f.Size > maxFile:
			return fmt.Errorf("file '%s': %d bytes are more than one may have (%d)", f.Path, f.Size, maxFile)
		case !isHash(f.SHA256):
			return fmt.Errorf("file '%s': '%s' is no SHA-256", f.Path, f.SHA256)
		}
		total += f.Size
	}
	if total > maxTotal {
		return fmt.Errorf("%d bytes of files are more than a pack may have (%d)", total, maxTotal)
	}
	return nil
}

// own says whether a path is one that the format keeps.
func own(path string) bool {
	return folded(path) == folded(manifestName) || folded(path) == folded(signatureName)
}

// checkNeeds refuses a manifest that asks for what the header of its main file doesn't declare.
func (m *Manifest) checkNeeds(h *script.Header) error {
	declared := needsOf(h)
	for _, n := range m.Needs {
		if !slices.Contains(declared, n) {
			return refuseEntry(manifestName, "asks for '%s', which the header of %s doesn't declare", n, m.Main)
		}
	}
	return nil
}

// needsOf are a header's needs as texts.
func needsOf(h *script.Header) []string {
	needs := make([]string, len(h.Needs))
	for i, n := range h.Needs {
		needs[i] = n.String()
	}
	return needs
}
