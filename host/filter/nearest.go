package filter

import (
	"iter"
	"maps"
	"slices"
)

// suggest is the nearest word, as the end of an error, or nothing when none is near.
func suggest(s string, words iter.Seq[string]) string {
	if w := nearest(s, words); w != "" && w != s {
		return " (did you mean " + w + "?)"
	}
	return ""
}

// nearest is the first of the words that differ least from s.
func nearest(s string, words iter.Seq[string]) string {
	const longest = 30
	if len(s) < 2 || len(s) > longest {
		return ""
	}
	best, least := "", max(1, len(s)/3)+1
	for w := range words {
		if d := edits(s, w); d < least {
			best, least = w, d
		}
	}
	return best
}

// both yields the words of a and then those of b.
func both(a, b iter.Seq[string]) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, words := range []iter.Seq[string]{a, b} {
			for w := range words {
				if !yield(w) {
					return
				}
			}
		}
	}
}

// sorted yields the keys of a table in order.
func sorted[V any](table map[string]V) iter.Seq[string] {
	return slices.Values(slices.Sorted(maps.Keys(table)))
}

// edits counts the letters to insert, delete, change or swap with a neighbour to make b of a.
func edits(a, b string) int {
	before, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}
