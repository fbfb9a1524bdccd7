package smi

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzParse holds what is true of every text: each definition has an OID or a problem, and problems have places in the text.
func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/lakeside/*")
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	f.Add(moduleText("x TRAP-TYPE ENTERPRISE top ::= { top 7 }\nA ::= B B ::= SEQUENCE OF A r OBJECT-TYPE SYNTAX R INDEX { IMPLIED a, INTEGER } AUGMENTS { r } ::= { top 1 }"))
	f.Fuzz(func(t *testing.T, text string) {
		height := strings.Count(text, "\n") + 1
		for _, permissive := range []bool{false, true} {
			out := read(text, permissive)
			defined := 0
			for _, m := range out.modules {
				for _, d := range m.defs {
					if !d.isType() {
						defined++
					}
				}
			}
			s := Parse("f", text, Options{Permissive: permissive})
			lost := 0
			for i := range s.Problems {
				p := &s.Problems[i]
				if p.Fault == NoOID || p.Fault == Duplicate {
					lost++
				}
				if p.Line > height || p.Line == 0 && p.Column != 0 || p.Text == "" {
					t.Errorf("permissive %v: %+v", permissive, p)
				}
			}
			if len(out.modules) == len(s.Modules) && s.Nodes()+lost < defined {
				t.Errorf("permissive %v: %d definitions, %d nodes, %d problems of OIDs: %s", permissive, defined, s.Nodes(), lost, told(s))
			}
			for _, m := range s.Modules {
				for _, n := range m.Nodes {
					if len(n.OID) == 0 || len(n.OID) > maxArcs {
						t.Errorf("%s has the OID %s", n, n.OID)
					}
				}
			}
		}
	})
}

// TestHostile reads texts that would take for ever if they were read again at each fault.
func TestHostile(t *testing.T) {
	t.Parallel()
	const n = 20_000
	for _, line := range []string{
		"x OBJECT-TYPE DEFVAL {\n", "x MACRO\n", "x OBJECT-TYPE \"\n", "x MODULE-COMPLIANCE y\n", "\"", "\u201c", "x OBJECT IDENTIFIER ::= {\n", "--", "-",
		"x OBJECT-TYPE SYNTAX INTEGER {a(1),\n", "{ ", "x ::= CHOICE {\n", "x MODULE-COMPLIANCE \"\n", "EXPORTS x\n", "IMPORTS x\n", "'", "A DEFINITIONS ::= BEGIN\n",
		"A { ", "END\n", "x\nOBJECT-TYPE\n", "x OBJECT-TYPE -- \" --\n", "x ::= SEQUENCE OF x\n",
	} {
		text := "A DEFINITIONS ::= BEGIN\n" + strings.Repeat(line, n)
		for _, permissive := range []bool{false, true} {
			if s := Parse("f", text, Options{Permissive: permissive}); len(s.Problems) > 3*n+10 {
				t.Errorf("%q: %d problems", line, len(s.Problems))
			}
		}
	}
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "n%d OBJECT IDENTIFIER ::= { n%d 1 }\nT%d ::= T%d\n", i, i+1, i, i+1)
	}
	if s := Parse("f", "A DEFINITIONS ::= BEGIN\n"+b.String(), Options{}); s.Nodes() != 0 {
		t.Errorf("%d nodes below nothing", s.Nodes())
	}
}
