package packet

import (
	"fmt"
	"strings"
)

// Show is every field of every layer, a line each, as they are set: "auto" stands for what the build computes.
func (p *Packet) Show() string {
	var b strings.Builder
	for i := range p.Len() {
		c := p.Layer(i)
		pr := c.Protocol()
		fmt.Fprintf(&b, "%s  %s\n", pr.Name, pr.Title)
		rows := c.rows()
		width := 0
		for _, r := range rows {
			width = max(width, len(r.name))
		}
		for _, r := range rows {
			fmt.Fprintf(&b, "  %-*s  %s\n", width, r.name, r.text)
		}
		if pr == raw && p.reason != "" {
			fmt.Fprintf(&b, "  not decoded: %s\n", p.reason)
		}
	}
	return b.String()
}

type row struct{ name, text string }

// rows are the fields that are there, with their values for people.
func (c Context) rows() (rows []row) {
	for f := range c.Fields() {
		rows = append(rows, row{f.Name, c.display(f)})
	}
	return rows
}

// display is a field's value with its number where it has a name.
func (c Context) display(f *Field) string {
	if c.IsAuto(f) && f.Auto != nil {
		return "auto"
	}
	text := c.Text(f)
	if n, ok := c.Number(f); ok && text != plainText(n) && !strings.HasPrefix(text, "0x") {
		switch k := f.Kind.(type) {
		case *Enum:
			if k.Hex {
				return fmt.Sprintf("%s (%#x)", text, n)
			}
			return fmt.Sprintf("%s (%d)", text, n)
		case Dependent:
			return fmt.Sprintf("%s (%d)", text, n)
		}
	}
	if text == "" {
		return "-"
	}
	return text
}
