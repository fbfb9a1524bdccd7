package docgen

import (
	"strings"

	"moonwire/host/decl"
)

// parseBlock reads one LuaLS comment, its lines without the dashes. Lines indented by four are an
// example; @async marks a function that blocks.
func parseBlock(lines []string) decl.Record {
	var r decl.Record
	var prose, example []string
	for _, line := range lines {
		tag, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case tag == "@param":
			parseParam(&r, rest)
		case tag == "@return":
			r.Results = append(r.Results, parseReturn(rest)...)
		case tag == "@async":
			r.Blocks = true
		case strings.HasPrefix(tag, "@"):
		case strings.HasPrefix(line, "     "):
			example = append(example, strings.TrimPrefix(line, "     "))
		default:
			prose = append(prose, strings.TrimSpace(line))
		}
	}
	r.Doc = strings.TrimSpace(strings.Join(prose, "\n") + "\n\n" + r.Doc)
	r.Example = strings.Join(example, "\n")
	return r
}

// parseParam reads "name? type description"; a table type with named entries becomes options when it is called opts.
func parseParam(r *decl.Record, text string) {
	name, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	name, optional := strings.CutSuffix(name, "?")
	kind, doc := cutType(rest)
	for strings.HasPrefix(kind, "fun(") && strings.HasPrefix(doc, ", ") { // further results of the function
		next, after := cutType(doc[2:])
		kind, doc = kind+", "+next, after
	}
	if fields := tableFields(kind); fields != nil && (name == "opts" || name == "options") {
		r.Options = fields
		if doc != "" {
			r.Doc = "Options: " + doc + "."
		}
		return
	}
	p := decl.Param{Name: name, Type: kind, Doc: doc, Optional: optional, Fields: tableFields(kind)}
	if name == "..." {
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

// cutType parts a type, which may hold spaces inside brackets and after colons and commas, from what follows.
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
