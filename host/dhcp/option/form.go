package option

// A Form is how values lie in data, for readers that show them one by one.
type Form int

// The forms.
const (
	Opaque       Form = iota // bytes
	Empty                    // none
	Addresses                // of IPv4
	Numbers                  // of a fixed size
	DomainNames              // domain names that may be compressed
	RouteList                // classless routes
	SuboptionSet             // options within
)

// FormOf is the form of a kind's data, and the size of each value where that is fixed.
func FormOf(k Kind) (f Form, size int) {
	switch k := k.(type) {
	case ip4, netmask:
		return Addresses, 4
	case number, signed, seconds, boolean, enum, codeOf:
		return Numbers, k.Size()
	case list:
		return FormOf(k.of)
	case maybe:
		if f, size := FormOf(k.Kind); f == Addresses {
			return f, size
		}
	case record:
		return k.form()
	case domains:
		if k.compress {
			return DomainNames, 0
		}
	case routes:
		return RouteList, 0
	case space:
		return SuboptionSet, 0
	case nothing:
		return Empty, 0
	}
	return Opaque, 0
}

// form is Addresses for a record of nothing else.
func (k record) form() (Form, int) {
	for _, f := range k.fields {
		if form, _ := FormOf(f.Kind); form != Addresses {
			return Opaque, 0
		}
	}
	return Addresses, 4
}
