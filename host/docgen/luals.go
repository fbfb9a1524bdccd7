package docgen

import (
	"regexp"
	"strings"

	"moonwire/host/decl"
)

// A block is one LuaLS comment: a function's or a module's record, or a class.
type block struct {
	record decl.Record
	class  *decl.Class
	parent string // class whose fields it has, too
	inner  bool   // @package: a part of another module, not for scripts
}

// parseBlock reads a comment's lines without their dashes. Lines indented by four are an example, which runs in
// the lab of @lab (pair on h1), or not, for the reason of @norun; @async marks a function that blocks.
func parseBlock(lines []string) block {
	var b block
	var prose, example []string
	for _, line := range lines {
		tag, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case tag == "@param":
			parseParam(&b.record, rest)
		case tag == "@return":
			b.record.Results = append(b.record.Results, parseReturn(rest)...)
		case tag == "@package":
			b.inner = true
		case tag == "@async":
			b.record.Blocks = true
		case tag == "@lab":
			b.record.Lab = rest
		case tag == "@norun":
			b.record.NoRun = rest
		case tag == "@class":
			b.class, b.parent = parseClass(rest)
		case tag == "@field" && b.class != nil:
			b.class.Fields = append(b.class.Fields, parseField(rest))
		case tag == "@operator" && b.class != nil:
			b.class.Operators = append(b.class.Operators, rest)
		case strings.HasPrefix(tag, "@"):
		case strings.HasPrefix(line, "     "):
			example = append(example, strings.TrimPrefix(line, "     "))
		default:
			prose = append(prose, strings.TrimSpace(line))
		}
	}
	b.record.Doc = strings.TrimSpace(strings.Join(prose, "\n") + "\n\n" + b.record.Doc)
	b.record.Example = strings.Join(example, "\n")
	if b.class != nil && b.record.Doc != "" {
		b.class.Doc = b.record.Doc
	}
	return b
}

// parseClass reads "name: parent description".
func parseClass(text string) (c *decl.Class, parent string) {
	name, doc, _ := strings.Cut(strings.TrimSpace(text), " ")
	name, inherits := strings.CutSuffix(name, ":")
	if inherits {
		parent, doc, _ = strings.Cut(strings.TrimSpace(doc), " ")
	}
	return &decl.Class{Name: name, Doc: sentence(doc)}, parent
}

// defaultText ends the description of a field that has a default.
var defaultText = regexp.MustCompile(`\s*\(default ([^()]+)\)$`)

// parseField reads "name? type description (default value)".
func parseField(text string) decl.Param {
	name, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	name, optional := strings.CutSuffix(name, "?")
	kind, doc := cutType(rest)
	p := decl.Param{Name: name, Type: kind, Doc: doc, Optional: optional}
	if m := defaultText.FindStringSubmatch(doc); m != nil && optional {
		p.Doc, p.Default = strings.TrimSuffix(doc, m[0]), m[1]
	}
	return p
}

// sentence gives text a capital and a full stop.
func sentence(text string) string {
	if text = strings.TrimSpace(text); text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + strings.TrimSuffix(text[1:], ".") + "."
}

// isOptions says whether a parameter is by its name a table of options.
func isOptions(name string) bool { return name == "opts" || name == "options" }

// parseParam reads "name? type description"; a table of options with named entries becomes the record's options.
func parseParam(r *decl.Record, text string) {
	p := parseField(text)
	for strings.HasPrefix(p.Type, "fun(") && strings.HasPrefix(p.Doc, ", ") { // further results of the function
		next, after := cutType(p.Doc[2:])
		p.Type, p.Doc = p.Type+", "+next, after
	}
	p.Fields = tableFields(p.Type)
	switch {
	case p.Fields != nil && isOptions(p.Name):
		r.Options = p.Fields
		if p.Doc != "" {
			r.Doc = "Options: " + strings.TrimSuffix(p.Doc, ".") + "."
		}
		return
	case p.Name == "...":
		p.Name, p.Variadic, p.Optional = "more", true, true
	}
	r.Params = append(r.Params, p)
}

// parseReturn reads "type name? description", several of them parted by commas when there is no description.
func parseReturn(text string) []decl.Param {
	var params []decl.Param
	for {
		kind, rest := cutType(strings.TrimSpace(text))
		kind, optional := strings.CutSuffix(kind, "?")
		kind, variadic := strings.CutSuffix(kind, "...")
		p := decl.Param{Type: kind, Optional: optional, Variadic: variadic}
		if before, after, ok := strings.Cut(rest, ","); ok && len(strings.Fields(before)) <= 1 {
			p.Name = strings.TrimSpace(before)
			params = append(params, p)
			text = after
			continue
		}
		p.Name, p.Doc, _ = strings.Cut(rest, " ")
		p.Doc = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(p.Doc), "#"))
		return append(params, p)
	}
}

// cutType parts a type, which may hold spaces inside brackets and after colons and bars, from what follows.
func cutType(text string) (kind, rest string) {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case strings.IndexByte("({<[", c) >= 0:
			depth++
		case strings.IndexByte(")}>]", c) >= 0:
			depth--
		case c == ',' && depth == 0:
			return text[:i], text[i:]
		case c == ' ' && depth == 0 && !strings.HasSuffix(text[:i], ":") && !strings.HasSuffix(text[:i], "|"):
			return text[:i], strings.TrimSpace(text[i+1:])
		}
	}
	return text, ""
}

// tableFields reads the entries of a type such as {tries?: integer, pause?: number}; nil for any other type.
func tableFields(kind string) []decl.Param {
	inner, ok := strings.CutPrefix(kind, "{")
	if !ok || !strings.HasSuffix(inner, "}") {
		return nil
	}
	fields := []decl.Param{}
	for inner = strings.TrimSuffix(inner, "}"); inner != ""; {
		name, rest, ok := strings.Cut(inner, ":")
		if !ok {
			return nil
		}
		name, optional := strings.CutSuffix(strings.TrimSpace(name), "?")
		t, after := cutType(strings.TrimSpace(rest))
		fields = append(fields, decl.Param{Name: name, Type: t, Optional: optional})
		inner = strings.TrimLeft(after, ", ")
	}
	return fields
}
