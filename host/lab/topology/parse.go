package topology

import (
	"regexp"
	"strconv"
	"strings"
)

// most is how many nodes a Plan may have: MAC addresses have two bytes for them.
const most = 65535

var (
	nodeName  = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*$`)
	nodeRange = regexp.MustCompile(`^([A-Za-z_-]*?)([0-9]+)\.\.([A-Za-z_-]*?)([0-9]+)$`)
)

// chain reads a line: lists of nodes, each list joined with the next.
func chain(line string) ([][]string, error) {
	var lists [][]string
	for text := range strings.SplitSeq(line, "--") {
		var list []string
		for word := range strings.SplitSeq(text, ",") {
			names, err := expand(strings.TrimSpace(word))
			if err != nil {
				return nil, fault("line \""+line+"\"", "%v", err)
			}
			list = append(list, names...)
		}
		lists = append(lists, list)
	}
	return lists, nil
}

// expand makes names of a word: h1..h3 is h1, h2, h3.
func expand(word string) ([]string, error) {
	m := nodeRange.FindStringSubmatch(word)
	if m == nil || m[3] != "" && m[3] != m[1] {
		return []string{word}, checkName(word)
	}
	first, err1 := strconv.Atoi(m[2])
	last, err2 := strconv.Atoi(m[4])
	if err1 != nil || err2 != nil || last < first || last-first >= most {
		return nil, fault("range "+word, "it must go up, and have %d names at most", most)
	}
	var names []string
	for n := first; n <= last; n++ {
		names = append(names, m[1]+strconv.Itoa(n))
	}
	return names, checkName(names[0])
}

// checkName refuses what can't be a node's name.
func checkName(name string) error {
	switch {
	case name == "":
		return fault("a node", "its name is missing (a line is a chain of nodes: \"h1, h2 -- sw1 -- R1\")")
	case len(name) > 63 || !nodeName.MatchString(name):
		return fault("node \""+name+"\"", "a name begins with a letter and has letters, digits, _ and single -, 63 at most")
	}
	return nil
}
