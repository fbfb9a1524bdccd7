package smi

import (
	"strings"
	"testing"
)

// TestFaults holds what each fault costs in either mode, and what is said of it. The lines of definitions count from 4.
func TestFaults(t *testing.T) {
	t.Parallel()
	after := object("after", "Integer32", "9")
	for _, tt := range []struct {
		name, text         string
		strict, permissive string // names of the nodes besides top and after
		problem            string // a part of what is said in strict mode
		kept               string // a part of what is said in permissive mode, when it is another
	}{
		{"underscore", object("my_name", "Integer32", "1"), "", "my_name", "4:1: my_name: my_name has an underscore", ""},
		{"below an underscore", "a_b OBJECT IDENTIFIER ::= { top 1 }\nbelow OBJECT IDENTIFIER ::= { a_b 2 }", "", "a_b below", "5:31: below: a_b has an underscore", ""},
		{"below what is left out", "x OBJECT IDENTIFIER := { top 1 }\nbelow OBJECT IDENTIFIER ::= { x 2 }", "", "x below",
			"5:1: below: it has no OID: x was left out for the fault in line 4", "warning ex.mib:4:21"},
		{"upper-case name", object("Name", "Integer32", "1"), "Name", "Name", "warning ex.mib:4:1: Name: the name begins with a letter of the wrong case", ""},
		{"lower-case type", "kind ::= INTEGER { a(1) }\n" + object("x", "kind", "1"), "x", "x", "kind: the name begins with", ""},
		{"macro in lower case", strings.Replace(object("x", "Integer32", "1"), "OBJECT-TYPE", "Object-Type", 1), "", "x", "Object-Type is no", "Object-Type is not how"},
		{"clause in lower case", strings.Replace(object("x", "Integer32", "1"), "STATUS", "Status", 1), "", "x", "Status is not how the clause is written", ""},
		{"comma missing", object("x", "INTEGER { a(1) b(2) }", "1"), "", "x", "a comma is missing before b in an enumeration", ""},
		{"comma too many", object("x", "INTEGER { a(1), }", "1"), "x", "x", "warning ex.mib:4:38: x: a comma stands before }", ""},
		{"label of a digit", object("x", "INTEGER { 10mbps(1), 5(2) }", "1"), "x", "x", "10mbps begins with a digit", ""},
		{"odd label", object("x", "INTEGER { g.711(1), a/b(2) }", "1"), "x", "x", "g.711 has characters that no name may have", ""},
		{"access", strings.Replace(object("x", "Integer32", "1"), "read-only", "readOnly", 1), "", "x", "readOnly is no access of the SMI", ""},
		{"status", strings.Replace(object("x", "Integer32", "1"), "current", "Current", 1), "", "x", "Current is no status of the SMI", ""},
		{"syntax missing", strings.Replace(object("x", "Integer32", "1"), "SYNTAX Integer32", "", 1), "", "x", "SYNTAX is missing", ""},
		{"assignment", "x OBJECT IDENTIFIER := { top 1 }", "", "x", "4:21: x: : is not ::=", ""},
		{"assignment missing", "x OBJECT IDENTIFIER { top 1 }", "", "x", "::= is missing before {", ""},
		{"brace missing", "x OBJECT IDENTIFIER ::= { top 1", "", "x", "4:25: x: the } of an OID is missing", ""},
		{"comma in OID", "x OBJECT IDENTIFIER ::= { top, 1 }", "", "x", ", stands between the components of an OID", ""},
		{"number too big", "x OBJECT IDENTIFIER ::= { top 4294967296 }", "", "", "4294967296 is not a component of an OID, which is 0 to 4294967295", ""},
		{"typographic quotes", strings.Replace(object("x", "Integer32", "1"), "\"d\"", "“a text”", 1), "", "x", "a quoted text is in typographic quotes", ""},
		{"quotes of Windows", strings.Replace(object("x", "Integer32", "1"), "\"d\"", "\x93a text\x94", 1), "", "x", "a quoted text is in typographic quotes", ""},
		{"no-break space", strings.Replace(object("x", "Integer32", "1"), "STATUS ", "STATUS\u00a0", 1), "", "x", "current follows a character that is no white space", ""},
		{"letters in a text", strings.Replace(object("x", "Integer32", "1"), "\"d\"", "\"naïve \xe9\"", 1), "x", "x", "", ""},
		{"quote missing", strings.Replace(object("x", "Integer32", "1"), "\"d\"", "\"d", 1) + object("y", "Integer32", "2"), "y", "x y", "", ""},
		{"quote too many", strings.Replace(object("x", "Integer32", "1"), "\"d\"", "\"d\" \"", 1) + object("y", "Integer32", "2"), "y", "x y", "", ""},
		{"quotes in a text", strings.Replace(object("x", "Integer32", "1"), "\"d\"", "\"a \"quoted\" word\"", 1), "", "x", "a text has quotes inside: they must be doubled", ""},
		{"a text goes on after its quote", strings.Replace(object("x", "Integer32", "1"), "\"d\"", "\"a text\" it's more, and more\"", 1) + object("y", "Integer32", "2"), "y", "x y",
			"a text has quotes inside", ""},
		{"a macro in a text after a fault", strings.Replace(object("x", "% Integer32", "1"), "\"d\"", "\"\nsome OBJECT-TYPE added\"", 1), "", "x", "% is not expected where a type stands", ""},
		{"garbage in a definition", object("x", "Integer32 %%", "1"), "", "x", "4:32: x: % is not expected in OBJECT-TYPE", ""},
		{"garbage between", "%$ what\nx OBJECT IDENTIFIER ::= { top 1 }", "x", "x", "4:1: % is not expected where a definition begins", ""},
		{"comment that ends early", object("x", "INTEGER { a(1) -- one -- two\n }", "1"), "", "x", "two", "-"},
		{"comment that means to end", object("x", "INTEGER { a(1), -- one -- b(2) }", "1"), "x", "x", "", ""},
		{"rulers", "-----\n------ of six\n--- three --\nx OBJECT IDENTIFIER ::= { top 1 }", "x", "x", "", ""},
		{"parent unknown", "x OBJECT IDENTIFIER ::= { nowhere 1 }\ny OBJECT IDENTIFIER ::= { x 1 }", "", "",
			"error ex.mib:5:1: y: it has no OID, as x has none: nowhere is neither defined nor imported", ""},
		{"circle", "x OBJECT IDENTIFIER ::= { y 1 }\ny OBJECT IDENTIFIER ::= { x 1 }", "", "", "the OID of x leads back to itself", ""},
		{"twice the same", "x OBJECT IDENTIFIER ::= { top 1 }\nx OBJECT IDENTIFIER ::= { top 1 }", "x", "x", "it is defined in line 4 with the same OID too", ""},
		{"twice", "x OBJECT IDENTIFIER ::= { top 1 }\nx OBJECT IDENTIFIER ::= { top 2 }", "x", "x x", "it is defined in line 4 with another OID too", ""},
		{"type unknown", object("x", "Nothing", "1"), "x", "x", "4:22: x: its type isn't known: Nothing is neither defined nor imported", ""},
		{"types in a circle", "A ::= B\nB ::= A\n" + object("x", "A", "1"), "x", "x", "leads back to itself", ""},
		{"convention not imported", object("x", "DisplayString", "1"), "x", "x", "warning ex.mib:4:22: DisplayString is used but not imported: it is taken from SNMPv2-TC", ""},
		{"index unknown", "r OBJECT-TYPE SYNTAX R MAX-ACCESS read-only STATUS current DESCRIPTION \"d\" INDEX { gone } ::= { top 1 }\nR ::= SEQUENCE { }", "r", "r",
			"r: its index isn't known: gone is neither defined nor imported", ""},
		{"trap with an OID", "x TRAP-TYPE ENTERPRISE top ::= { top 7 }", "", "x", "a TRAP-TYPE has a number, not an OID (RFC 1215)", ""},
		{"other values", "max INTEGER ::= 5\nmany Integer32 ::= { 1 }", "", "", "", ""},
	} {
		for _, permissive := range []bool{false, true} {
			want, problem := tt.strict, tt.problem
			if permissive {
				want = tt.permissive
				if tt.kept != "" {
					problem = tt.kept
				}
			}
			s := Parse("ex.mib", moduleText(tt.text+"\n"+after), Options{Permissive: permissive, Known: known})
			var names []string
			for _, n := range s.Modules[0].Nodes {
				if n.Name != "top" && n.Name != "after" {
					names = append(names, n.Name)
				}
			}
			if got := strings.Join(names, " "); got != want {
				t.Errorf("%s, permissive %v: nodes %q, want %q\n%s", tt.name, permissive, got, want, told(s))
			}
			if !strings.Contains(lines(s), "after 1.3.6.1.4.1.32473.9") {
				t.Errorf("%s, permissive %v: what follows is lost:\n%s", tt.name, permissive, told(s))
			}
			if !strings.Contains(told(s), problem) && problem != "-" {
				t.Errorf("%s, permissive %v: told\n%s, want %q", tt.name, permissive, told(s), problem)
			}
			if problem == "" && tt.strict == tt.permissive && len(s.Problems) > 0 {
				t.Errorf("%s, permissive %v: told %s, want nothing", tt.name, permissive, told(s))
			}
		}
	}
}

// TestModuleFaults are those around modules.
func TestModuleFaults(t *testing.T) {
	t.Parallel()
	node := "x OBJECT IDENTIFIER ::= { iso 7 }\n"
	for _, tt := range []struct{ name, text, nodes, problems string }{
		{"END missing", "A DEFINITIONS ::= BEGIN\n" + node, "A\nx 1.7 identifier", "warning f:3:1: END is missing: the file may have been cut"},
		{"END missing between", "A DEFINITIONS ::= BEGIN\n" + node + "B DEFINITIONS ::= BEGIN\ny OBJECT IDENTIFIER ::= { iso 8 }\nEND", "A\nx 1.7 identifier\nB\ny 1.8 identifier",
			"warning f:3:1: END of A is missing before this module"},
		{"text around", "RFC 9999, a draft's text: it isn't \"MIB\nA DEFINITIONS ::= BEGIN\n" + node + "END\nThe end, isn't it?", "A\nx 1.7 identifier",
			"warning f:5:1: The and what follows it stand after the END of A and are passed over"},
		{"definition after END", "A DEFINITIONS ::= BEGIN\nEND\nx OBJECT-IDENTITY STATUS current DESCRIPTION \"\" ::= { iso 7 }\nEND", "A\nx 1.7 identity current",
			"error f:3:1: x stands after the END of A: correct it, or load with permissive"},
		{"OID and tags in the header", "A { iso 1 2 } DEFINITIONS IMPLICIT TAGS ::= BEGIN\n" + node + "END", "A\nx 1.7 identifier", ""},
		{"exports", "A DEFINITIONS ::= BEGIN\nEXPORTS x, OBJECT-TYPE;\n" + node + "END", "A\nx 1.7 identifier", ""},
		{"macro", "A DEFINITIONS ::= BEGIN\nOBJECT-TYPE MACRO ::= BEGIN TYPE NOTATION ::= \"SYNTAX\" type Text ::= \"\"\"\" string \"\"\"\" END\n" + node + "END", "A\nx 1.7 identifier", ""},
		{"mark of UTF-8, end of CP/M", "\ufeffA DEFINITIONS ::= BEGIN\r\n" + node + "END\r\n\x1a", "A\nx 1.7 identifier", ""},
		{"semicolon missing", "A DEFINITIONS ::= BEGIN\nIMPORTS iso FROM SNMPv2-SMI\nx OBJECT IDENTIFIER ::= { iso 7 }\nEND", "A\nx 1.7 identifier", "warning f:3:1: the semicolon after IMPORTS is missing"},
		{"lower-case module", "a DEFINITIONS ::= BEGIN\n" + node + "END", "a\nx 1.7 identifier", "warning f:1:1: the module's name begins with a lower-case letter (RFC 2578 section 3.1)"},
		{"a module of the set is missing", "A DEFINITIONS ::= BEGIN\nIMPORTS up FROM UP-MIB;\nx OBJECT IDENTIFIER ::= { up 7 }\ny OBJECT IDENTIFIER ::= { x 1 }\nEND", "A",
			"error f:2:17: imports up from UP-MIB, which is not among the files: load the directory that has it, too\n" +
				"error f:3:1: x: it has no OID: up comes from UP-MIB, which is not among the files\n" +
				"error f:4:1: y: it has no OID, as x has none: up comes from UP-MIB, which is not among the files"},
		{"the name of a module is nearly right", "A DEFINITIONS ::= BEGIN\nIMPORTS up FROM B-MIB;\nx OBJECT IDENTIFIER ::= { up 7 }\nEND\nB DEFINITIONS ::= BEGIN\nup OBJECT IDENTIFIER ::= { iso 9 }\nEND",
			"A\nB\nup 1.9 identifier", "error f:2:17: imports up from B-MIB, which is not among the files: load the directory that has it, too (B defines up: is it meant?)\n" +
				"error f:3:1: x: it has no OID: up comes from B-MIB, which is not among the files"},
		{"a name is missing", "A DEFINITIONS ::= BEGIN\nIMPORTS ifGone FROM IF-MIB;\nx OBJECT IDENTIFIER ::= { ifGone 7 }\nEND", "A",
			"error f:3:1: x: it has no OID: IF-MIB doesn't define ifGone"},
		{"from what is built in", "A DEFINITIONS ::= BEGIN\nIMPORTS ifEntry, ifIndex FROM RFC1213-MIB mib-2 FROM RFC1155-SMI;\nx OBJECT IDENTIFIER ::= { ifEntry 7 }\ny OBJECT IDENTIFIER ::= { mib-2 7 }\nEND",
			"A\nx 1.3.6.1.2.1.2.2.1.7 identifier\ny 1.3.6.1.2.1.7 identifier", ""},
		{"from an older module", "A DEFINITIONS ::= BEGIN\nIMPORTS ifXEntry FROM IF-MIB;\nx OBJECT IDENTIFIER ::= { ifXEntry 99 }\nEND\nIF-MIB DEFINITIONS ::= BEGIN\nEND",
			"A\nx 1.3.6.1.2.1.31.1.1.1.99 identifier\nIF-MIB", ""},
		{"handed on", "A DEFINITIONS ::= BEGIN\nIMPORTS up FROM B;\nx OBJECT IDENTIFIER ::= { up 7 }\nEND\nB DEFINITIONS ::= BEGIN\nIMPORTS up FROM C;\nEND\nC DEFINITIONS ::= BEGIN\nup OBJECT IDENTIFIER ::= { iso 9 }\nEND",
			"A\nx 1.9.7 identifier\nB\nC\nup 1.9 identifier", ""},
		{"root not imported", "A DEFINITIONS ::= BEGIN\nx OBJECT IDENTIFIER ::= { enterprises 7 }\nEND", "A\nx 1.3.6.1.4.1.7 identifier",
			"warning f:2:27: enterprises is used but not imported: it is taken from SNMPv2-SMI"},
		{"a name of another module", "A DEFINITIONS ::= BEGIN\nx OBJECT IDENTIFIER ::= { up 7 }\nEND\nB DEFINITIONS ::= BEGIN\nup OBJECT IDENTIFIER ::= { iso 9 }\nEND",
			"A\nB\nup 1.9 identifier", "error f:2:1: x: it has no OID: up is neither defined nor imported: import it from B, or load with permissive"},
		{"too deep", "A DEFINITIONS ::= BEGIN\n" + chain(140) + "END", "", "-"},
	} {
		s := Parse("f", tt.text, Options{Known: known})
		if tt.problems != "-" {
			same(t, tt.name+": nodes", lines(s), tt.nodes)
			same(t, tt.name+": problems", told(s), tt.problems)
			continue
		}
		if len(s.Modules[0].Nodes) != 127 || len(s.Problems) != 14 {
			t.Errorf("%s: %d nodes and %d problems, want 127 and 14", tt.name, len(s.Modules[0].Nodes), len(s.Problems))
		}
	}
}

// chain is the text of definitions of which each stands below the one that follows it.
func chain(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("n" + strings.Repeat("x", i) + " OBJECT IDENTIFIER ::= { n" + strings.Repeat("x", i+1) + " 1 }\n")
	}
	b.WriteString("n" + strings.Repeat("x", n) + " OBJECT IDENTIFIER ::= { iso 1 }\n")
	return b.String()
}
