package cli

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"moonwire/host/decl/nearest"
	"moonwire/host/ink"
	"moonwire/host/script"
)

var listCommand = &Command{
	Usage: "list [EXPR] [--json]",
	Short: "list the scripts and recipes that run finds by name",
	Long: `
EXPR chooses scripts by category, folder, name, or where they come from (shipped, installed, folder): safe, tutorial,
"safe and not dhcp", "snmp_*,arp_*", "*echo or (link and safe)". Words that are none of these are looked for in names, titles
and texts: moonwire list who answers.

Scripts come with moonwire, are installed (moonwire install), or lie in a folder that the variable MOONWIRE_PATH names,
which is a list as PATH is. The exit code is 3 when nothing fits.`,
	Flags: new(listing).flags,
	Run: func(args []string, s Streams) error {
		l := &listing{}
		words, err := l.flags().parse(args)
		if err != nil {
			return err
		}
		return l.run(strings.Join(words, " "), s)
	},
}

// A listing is one call of list.
type listing struct {
	json bool
	by   string
}

func (l *listing) flags() flags {
	return flags{
		{name: "--json", doc: "everything that the headers say, as JSON", set: on(&l.json)},
		{name: "--by", value: "WHAT", doc: "group by folder, as is usual, or by category", set: oneOf(&l.by, "folder", "category")},
	}
}

func (l *listing) run(expr string, s Streams) error {
	selection, err := script.ParseSelection(expr)
	if err != nil {
		return usageError{err.Error()}
	}
	all, faults := allRecipes()
	leftOut(faults, s.Err)
	chosen, strange := chosenOf(all, selection)
	if l.json {
		chosen, faults = parsed(chosen, (*recipe).full)
		leftOut(faults, s.Err)
		if err := writeJSON(chosen, s.Out); err != nil {
			return err
		}
	} else {
		l.write(chosen, s.Out)
	}
	if len(chosen) > 0 {
		return nil
	}
	for _, w := range strange {
		fmt.Fprintf(s.Err, "moonwire: no script has to do with '%s'%s\n", w, script.Meant(w, vocabulary(all)))
	}
	return exit(exitNothing)
}

// leftOut tells of recipes that can't be read.
func leftOut(faults []error, out io.Writer) {
	for _, f := range faults {
		for line := range strings.SplitSeq(f.Error(), "\n") { // several faults of one shelf
			fmt.Fprintf(out, "moonwire: left out: %s\n", line)
		}
	}
}

// chosenOf selects among recipes. The strange words fit none.
func chosenOf(all []recipe, selection script.Selection) (chosen []recipe, strange []string) {
	list := make([]script.Candidate, len(all))
	for i, r := range all {
		list[i] = script.Candidate{Name: r.name, Origin: r.origin, Header: r.header}
	}
	found, strange := selection.Of(list)
	for _, i := range found {
		chosen = append(chosen, all[i])
	}
	return chosen, strange
}

// vocabulary are the words that choose something.
func vocabulary(all []recipe) (words []string) {
	for _, r := range all {
		words = append(words, path.Base(r.name), r.group())
		words = append(words, r.header.Categories...)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// near are the recipes that an unknown word may mean: first those that are spelt almost like it, then those that it is
// a part of.
func near(word string, all []recipe) []string {
	word = path.Base(strings.TrimSuffix(word, ".lua"))
	var names, parts []string
	for _, r := range all {
		name := path.Base(r.name)
		names = append(names, name)
		if len(word) > 2 && strings.Contains(name, strings.ToLower(word)) {
			parts = append(parts, name)
		}
	}
	var found []string
	for _, name := range append(nearest.Words(word, names), parts...) {
		if !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found[:min(len(found), maxNear)]
}

// maxNear is how many recipes an error offers.
const maxNear = 3

// group is the heading that a recipe stands under.
func (r recipe) group() string {
	switch r.origin {
	case fromShelf:
		return fromShelf
	case fromFolder:
		return r.folder
	}
	return path.Dir(r.name)
}

// write writes the groups with their recipes.
func (l *listing) write(list []recipe, out io.Writer) {
	groups, order := map[string][]recipe{}, []string(nil)
	for _, r := range list {
		for _, g := range l.groups(r) {
			if groups[g] == nil {
				order = append(order, g)
			}
			groups[g] = append(groups[g], r)
		}
	}
	if l.by == "category" {
		slices.Sort(order)
	}
	width := 0
	for _, r := range list {
		width = max(width, utf8.RuneCountInString(r.called()))
	}
	var b strings.Builder
	i := ink.Of(out)
	for n, g := range order {
		if n > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s:\n", g)
		for _, r := range groups[g] {
			name := fmt.Sprintf("%-*s", width, r.called())
			fmt.Fprintf(&b, "%s  %s\n", i.Paint(ink.Bold, name), r.title())
		}
	}
	io.WriteString(out, b.String())
}

// groups are the headings that a recipe stands under.
func (l *listing) groups(r recipe) []string {
	switch {
	case l.by != "category":
		return []string{r.group()}
	case len(r.header.Categories) == 0:
		return []string{"(none)"}
	}
	return r.header.Categories
}

// title is what the list says of a recipe.
func (r recipe) title() string {
	if r.header.Title != "" {
		return r.header.Title
	}
	return "(no title)"
}
