package mib

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"moonwire/host/snmp/oid"
)

// Draw is a drawing of what is at and below o, with types, access and indices; depth is how many levels below, 0 for all.
func (t *Tree) Draw(o oid.OID, depth int) string {
	d := drawing{tree: t, depth: depth}
	head := &Node{OID: o}
	if n := t.At(o); n != nil {
		head = n
	}
	d.add(strings.TrimSpace(head.Name+" "+o.String()), head)
	d.below(o, "", 1)
	return d.text()
}

// A drawing is lines of two columns: the tree and what is known.
type drawing struct {
	tree        *Tree
	depth       int
	left, right []string
	widest      int // of the left lines that have something beside them
}

func (d *drawing) add(left string, n *Node) {
	d.left, d.right = append(d.left, left), append(d.right, describe(n))
	if d.right[len(d.right)-1] != "" {
		d.widest = max(d.widest, utf8.RuneCountInString(left))
	}
}

func (d *drawing) below(o oid.OID, margin string, level int) {
	if d.depth > 0 && level > d.depth {
		return
	}
	nodes := d.tree.Below(o)
	for i, n := range nodes {
		branch, deeper := "├─ ", "│  "
		if i == len(nodes)-1 {
			branch, deeper = "└─ ", "   "
		}
		d.add(fmt.Sprintf("%s%s%s(%d)", margin, branch, n.Name, n.OID[len(n.OID)-1]), n)
		d.below(n.OID, margin+deeper, level+1)
	}
}

func (d *drawing) text() string {
	var b strings.Builder
	for i, left := range d.left {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(left)
		if d.right[i] != "" {
			b.WriteString(strings.Repeat(" ", d.widest-utf8.RuneCountInString(left)+2))
			b.WriteString(d.right[i])
		}
	}
	return b.String()
}

// describe is what stands beside a node: its type, access and units, its index, what it carries.
func describe(n *Node) string {
	var words []string
	switch n.Kind {
	case Scalar, Column:
		words = append(words, n.Syntax.describe(), n.Access.String(), n.Units)
	case Row:
		words = append(words, "index: "+n.IndexNames())
		if n.Augments != (Ref{}) {
			words = append(words, "augments "+n.Augments.Name)
		}
	case Notification:
		names := make([]string, len(n.Objects))
		for i, r := range n.Objects {
			names[i] = r.Name
		}
		words = append(words, strings.TrimSuffix("notification: "+strings.Join(names, ", "), ": "))
	case Place, Identifier, Table:
	default:
		words = append(words, n.Kind.String())
	}
	return strings.TrimSpace(strings.Join(words, "  "))
}

// describe is a type with its limits: DisplayString (0 to 255 bytes), up(1) down(2).
func (s *Syntax) describe() string {
	text := s.String()
	if len(s.Enums) > 0 {
		for i, e := range s.Enums {
			if i == 8 {
				text += fmt.Sprintf(" and %d more", len(s.Enums)-i)
				break
			}
			text += fmt.Sprintf(" %s(%d)", e.Name, e.Value)
		}
		return text
	}
	if len(s.Ranges) > 0 {
		text += " " + intervals(s.Ranges)
	}
	if len(s.Sizes) > 0 {
		text += " (" + intervals(s.Sizes) + " bytes)"
	}
	return text
}
