package script

import (
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"moonwire/host/permit"
)

// An expansion is what stands in the place of names.
type expansion struct {
	values Values
	lookUp func(name string) []netip.Addr // nil: names stay names
}

// all are the texts behind a name in capitals: those of a list, or one; none when there is no value.
func (e expansion) all(name string) []string {
	v, ok := e.values[name]
	if !ok {
		v = e.values[strings.ToLower(name)]
	}
	items, isList := v.([]any)
	if !isList {
		items = []any{v}
	}
	var texts []string
	for _, item := range items {
		if text := valueText(item); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// valueText is an argument's value as it stands in a need.
func valueText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// given says whether an argument has a value, and one that isn't false or 0.
func (e expansion) given(name string) bool {
	all := e.all(name)
	return len(all) > 0 && all[0] != "false" && all[0] != "0"
}

var (
	either = regexp.MustCompile(`\b([A-Z][A-Z0-9_]*) or ([A-Z][A-Z0-9_]*)\b`) // the second where the first has no value
	onLink = regexp.MustCompile(`\bon ` + theLink + `\b`)
)

// expand is one need with the values in their places: a grant for each choice of them. The error is that of the last choice
// which makes no sense.
func (h *Header) expand(n Need, e expansion) (grants permit.Grants, err error) {
	if strings.Contains(n.Of, " or ") {
		n.Of = either.ReplaceAllStringFunc(n.Of, func(pair string) string {
			first, second, _ := strings.Cut(pair, " or ")
			if e.given(first) {
				return first
			}
			return second
		})
	}
	if strings.Contains(n.Of, theLink) && !e.given(theLink) {
		n.Of = strings.TrimSpace(onLink.ReplaceAllString(n.Of, ""))
	}
	for _, values := range e.choices(n, h.placeholders(n)) {
		text := filled(n, values)
		g, bad := permit.Parse(strings.TrimSpace(n.What + " " + text))
		if bad != nil {
			err = bad
			continue
		}
		grants = append(grants, g)
	}
	return grants, err
}

// choices are all ways to choose a value for each name; none when one of them has no value.
func (e expansion) choices(n Need, names []string) []map[string]string {
	all := []map[string]string{{}}
	for _, name := range names {
		var more []map[string]string
		for _, value := range e.each(n, name) {
			for _, c := range all {
				with := map[string]string{name: value}
				for k, v := range c {
					with[k] = v
				}
				more = append(more, with)
			}
		}
		all = more
	}
	return all
}

// each are the values of one name: all of a list, and the addresses of those that are names.
func (e expansion) each(n Need, name string) []string {
	values := e.all(name)
	switch permit.Kind(n.What) {
	case permit.Read, permit.Write, permit.Run, permit.Env:
		return values
	}
	var list []string
	for v := range strings.FieldsFuncSeq(strings.Join(values, ","), func(r rune) bool { return r == ',' || r == ' ' }) {
		list = append(list, v)
		at, err := permit.ParseNet(v)
		if err != nil || e.lookUp == nil || at.Host == "" || strings.Contains(at.Host, permit.Anything) {
			continue
		}
		for _, a := range e.lookUp(at.Host) {
			with := at
			with.Host, with.Prefix = "", netip.PrefixFrom(a.Unmap().WithZone(""), a.Unmap().BitLen())
			list = append(list, with.String())
		}
	}
	return list
}

// filled is what a need is of, with values in their places.
func filled(n Need, values map[string]string) string {
	if len(values) == 0 {
		return n.Of
	}
	words, before := strings.Fields(n.Of), ""
	for i, w := range words {
		head := aWord.FindString(w)
		value, known := values[head]
		addressed := n.What == string(permit.ToNet) || n.What == string(permit.Listen) || before == "to" || before == "from"
		if before = w; known && addressed && strings.HasPrefix(w, head) {
			words[i] = target(value, replaced(w[len(head):], values))
		} else {
			words[i] = replaced(w, values)
		}
	}
	return strings.Join(words, " ")
}

// replaced puts values where names are.
func replaced(text string, values map[string]string) string {
	return aWord.ReplaceAllStringFunc(text, func(name string) string {
		if v, ok := values[name]; ok {
			return v
		}
		return name
	})
}

// target is an address, prefix or name with what the need has behind it. Its own port wins, and port 0 is any.
func target(value, behind string) string {
	address, zone, _ := strings.Cut(value, "%")
	if _, port, found := strings.Cut(zone, "]"); found {
		address += "]" + port
	}
	at, err := permit.ParseNet(address)
	if err != nil {
		return value + behind
	}
	rest, err := permit.ParseNet("192.0.2.1" + strings.TrimSuffix(strings.Replace(behind+"/", ":0/", "/", 1), "/"))
	if err != nil {
		return value + behind
	}
	if at.Port == 0 {
		at.Port = rest.Port
	}
	if rest.Protocol != "" {
		at.Protocol = rest.Protocol
	}
	return at.String()
}
