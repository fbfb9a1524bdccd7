package packet

// Place is where a name goes in a table of that many places. The names of one header seldom meet there, and a look at
// the table is several times cheaper than one into a map.
func Place(name string, places int) int {
	if name == "" {
		return 0
	}
	return (int(name[0]) + 3*int(name[len(name)-1]) + len(name)) % places
}
