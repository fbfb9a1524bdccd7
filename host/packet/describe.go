package packet

import (
	"fmt"
	"strings"
)

// Describe is a protocol's table for people: a line for each field, with width, type, default and meaning.
func (pr *Protocol) Describe() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s", pr.Name, pr.Title)
	if pr.Source != "" {
		fmt.Fprintf(&b, " (%s)", pr.Source)
	}
	b.WriteByte('\n')
	if pr.DecodeOnly != "" {
		fmt.Fprintf(&b, "  read only: %s\n", pr.DecodeOnly)
	}
	for i := range pr.Fields {
		f := &pr.Fields[i]
		width := "varying"
		if f.Bits != 0 {
			width = fmt.Sprintf("%d bits", f.Bits)
		}
		doc := f.Doc
		if f.When != "" {
			doc += "; there when " + f.When
		}
		line := fmt.Sprintf("  %-12s %-8s %-16s %-18s %s", f.Name, width, f.Type(), f.defaultText(), doc)
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// defaultText is what the field holds when nobody sets it.
func (f *Field) defaultText() string {
	switch {
	case f.Auto != nil:
		return "= auto"
	case f.Default != nil:
		return "= " + TextOf(f.Default)
	}
	return ""
}
