//go:build interop

package smi

import (
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"moonwire/host/mib"
	"moonwire/host/mib/smi/smitest"
	"moonwire/host/network"
)

// TestAgainstNetSNMP compares names, OIDs, types and indices with what net-snmp reads from the same files.
func TestAgainstNetSNMP(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := smitest.Base(dir); err != nil {
		t.Fatal(err)
	}
	if err := smitest.Vendor(dir, 12); err != nil {
		t.Fatal(err)
	}
	dirs := []string{dir, "testdata/lakeside"}
	s, err := Load(t.Context(), network.OSFiles(), dirs, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Problems) > 0 {
		t.Errorf("problems: %s", told(s))
	}
	peer := netSNMP{strings.Join(dirs, ":")}
	sameOIDs(t, s, peer)
	sameDetails(t, s, peer)
}

// netSNMP is snmptranslate with a path of directories.
type netSNMP struct{ path string }

func (p netSNMP) translate(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("snmptranslate", append([]string{"-M", p.path, "-m", "ALL"}, args...)...).Output()
	if err != nil {
		t.Fatalf("snmptranslate %s: %v", args, err)
	}
	return string(out)
}

var labelLine = regexp.MustCompile(`(?m)^"([^"]*)"\s+"([0-9.]+)"`)

// apart are names of traps of which net-snmp takes neither an ENTERPRISE of several components, nor those of SNMP itself.
var apart = []string{"oldWarm", "oldCold"}

// sameOIDs holds that both know the same names and OIDs, apart from the anonymous nodes and those of ASN.1 that net-snmp adds.
func sameOIDs(t *testing.T, s *Set, peer netSNMP) {
	theirs := map[string]bool{}
	for _, m := range labelLine.FindAllStringSubmatch(peer.translate(t, "-Tz"), -1) {
		theirs[m[1]+" "+m[2]] = true
	}
	ours := map[string]bool{}
	for _, m := range s.Modules {
		for _, n := range m.Nodes {
			line := n.Name + " " + n.OID.String()
			ours[line] = true
			if !theirs[line] && !slices.Contains(apart, n.Name) {
				t.Errorf("net-snmp has no %s", line)
			}
		}
	}
	for line := range theirs {
		name, _, _ := strings.Cut(line, " ")
		if !ours[line] && roots[name] == nil && !strings.Contains(name, "#") && name != "deep" && !slices.Contains(apart, name) {
			t.Errorf("net-snmp has %s", line)
		}
	}
}

// sameDetails compares what each object is.
func sameDetails(t *testing.T, s *Set, peer netSNMP) {
	var nodes []*mib.Node
	for _, m := range s.Modules {
		for _, n := range m.Nodes {
			if n.Kind.Object() {
				nodes = append(nodes, n)
			}
		}
	}
	for batch := range slices.Chunk(nodes, 500) {
		args := []string{"-Td"}
		for _, n := range batch {
			args = append(args, n.String())
		}
		blocks := blocks(peer.translate(t, args...))
		if len(blocks) != len(batch) {
			t.Fatalf("snmptranslate tells of %d objects, asked for %d", len(blocks), len(batch))
		}
		for i, n := range batch {
			if got, want := details(n), theirDetails(blocks[i]); got != want {
				t.Errorf("%s:\nours     %s\nnet-snmp %s\n%s", n, got, want, blocks[i])
			}
		}
	}
}

var header = regexp.MustCompile(`(?m)^[\w-]+::[\w-]+\n[\w-]+ OBJECT-TYPE$`)

// blocks parts what snmptranslate -Td prints by its objects.
func blocks(text string) (all []string) {
	at := header.FindAllStringIndex(text, -1)
	for i := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		all = append(all, text[at[i][0]:end])
	}
	return all
}

// details is what net-snmp says of an object, of ours.
func details(n *mib.Node) string {
	words := []string{n.Name, "access " + n.Access.String(), "status " + n.Status.String()}
	if n.Units != "" {
		words = append(words, fmt.Sprintf("units %q", n.Units))
	}
	if n.Syntax != nil {
		if n.Syntax.Hint != "" && n.Syntax.Module != "RFC1213-MIB" { // which defines a plain type
			words = append(words, fmt.Sprintf("hint %q", n.Syntax.Hint))
		}
		if n.Syntax.Name != "" {
			words = append(words, "convention "+n.Syntax.Name)
		}
		for _, e := range n.Syntax.Enums {
			words = append(words, fmt.Sprintf("%s(%d)", e.Name, e.Value))
		}
		for _, r := range slices.Concat(n.Syntax.Ranges, n.Syntax.Sizes) {
			words = append(words, rangeText(r))
		}
	}
	switch {
	case n.Augments.Name != "":
		words = append(words, "augments "+n.Augments.Name)
	default:
		for _, x := range n.Index {
			if x.Name == "" { // a type of SMIv1
				x.Name = "INTEGER"
			}
			words = append(words, "by "+x.Name)
		}
	}
	return strings.Join(words, ", ")
}

func rangeText(r mib.Range) string {
	if r.Min == r.Max {
		return fmt.Sprint(r.Min)
	}
	return fmt.Sprintf("%d..%d", r.Min, r.Max)
}

var (
	convention = regexp.MustCompile(`-- TEXTUAL CONVENTION (\S+)`)
	syntaxLine = regexp.MustCompile(`SYNTAX\t(.*)`)
	listLine   = regexp.MustCompile(`(INDEX|AUGMENTS)\t\s*\{ (.*) \}`)
	braces     = regexp.MustCompile(`\{([^}]*)\}`)
	parens     = regexp.MustCompile(`\(([-0-9][^)]*)\)`)
)

// theirDetails reads what snmptranslate -Td prints.
func theirDetails(block string) string {
	field := func(name string) string {
		_, rest, found := strings.Cut(block, "\n  "+name+"\t")
		if !found {
			return ""
		}
		line, _, _ := strings.Cut(rest, "\n")
		return strings.TrimSpace(line)
	}
	_, name, _ := strings.Cut(strings.SplitN(block, "\n", 2)[0], "::")
	words := []string{name, "access " + field("MAX-ACCESS"), "status " + field("STATUS")}
	if u := field("UNITS"); u != "" {
		words = append(words, "units "+u)
	}
	if h := field("DISPLAY-HINT"); h != "" {
		words = append(words, "hint "+h)
	}
	if c := convention.FindStringSubmatch(block); c != nil {
		words = append(words, "convention "+c[1])
	}
	if m := syntaxLine.FindStringSubmatch(block); m != nil {
		text := m[1]
		if e := braces.FindStringSubmatch(text); e != nil {
			words = append(words, strings.Split(strings.ReplaceAll(strings.TrimSpace(e[1]), ", ", ","), ",")...)
			text = strings.Replace(text, e[0], "", 1)
		}
		if r := parens.FindStringSubmatch(text); r != nil {
			words = append(words, strings.Split(strings.ReplaceAll(r[1], " ", ""), "|")...)
		}
	}
	if m := listLine.FindStringSubmatch(block); m != nil {
		for name := range strings.SplitSeq(m[2], ", ") {
			word := "by "
			if m[1] == "AUGMENTS" {
				word = "augments "
			}
			words = append(words, word+strings.TrimPrefix(name, "IMPLIED "))
		}
	}
	return strings.Join(words, ", ")
}
