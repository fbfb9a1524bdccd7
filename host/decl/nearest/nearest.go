// Package nearest finds the name that somebody may have meant.
package nearest

import "slices"

// longest is the longest word that may be a misspelt name: the work grows with the square of its length.
const longest = 128

// Word is the known name closest to a misspelt one, by edit distance; "" when none is close enough to be meant.
// Of names equally close the first wins.
func Word(word string, known []string) string {
	if len(word) > longest {
		return ""
	}
	best, least := "", 1+max(len(word)+1, 3)/3
	var rows rows
	for _, k := range known {
		if len(k)-len(word) >= least || len(word)-len(k) >= least {
			continue
		}
		if d := rows.distance(word, k, least); d < least && d < max(len(k), len(word)) {
			best, least = k, d
		}
	}
	return best
}

// Words are the known names that are close enough to be meant, the closest first.
func Words(word string, known []string) []string {
	if len(word) > longest {
		return nil
	}
	type candidate struct {
		name     string
		distance int
	}
	most := max(len(word)+1, 3) / 3
	var found []candidate
	var rows rows
	for _, k := range known {
		if len(k)-len(word) > most || len(word)-len(k) > most {
			continue
		}
		if d := rows.distance(word, k, most+1); d <= most && d < max(len(k), len(word)) {
			found = append(found, candidate{k, d})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return a.distance - b.distance })
	names := make([]string, len(found))
	for i, c := range found {
		names[i] = c.name
	}
	return names
}

// rows are the last three rows of the table that a distance is computed in, kept for the next word.
type rows [3][]int

// distance counts the letters to add, drop, change or swap with their neighbour (optimal string alignment); case
// counts for nothing. Where that reaches enough, any number from there on may come.
func (r *rows) distance(a, b string, enough int) int {
	for i := range r {
		if cap(r[i]) <= len(b) {
			r[i] = make([]int, 2*len(b)+1)
		}
		r[i] = r[i][:len(b)+1]
	}
	prev2, prev, row := r[0], r[1], r[2]
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			change := prev[j-1]
			if lower(a[i-1]) != lower(b[j-1]) {
				change++
			}
			row[j] = min(prev[j]+1, row[j-1]+1, change)
			if i > 1 && j > 1 && lower(a[i-1]) == lower(b[j-2]) && lower(a[i-2]) == lower(b[j-1]) {
				row[j] = min(row[j], prev2[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > enough { // a swap can take one back
			return least
		}
		prev2, prev, row = prev, row, prev2
	}
	return prev[len(b)]
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
