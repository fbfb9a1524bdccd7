package script

// Meant is the end of an error about an unknown word: " (did you mean 'x'?)", or nothing when no word is near.
func Meant(word string, words []string) string {
	if n := nearest(word, words); n != "" {
		return " (did you mean '" + n + "'?)"
	}
	return ""
}

// nearest is the word that takes the fewest edits, "" when the best still takes more than a third of its letters.
func nearest(word string, words []string) string {
	best, least := "", len(word)
	for _, w := range words {
		if d := edits(word, w); d < least && d <= max(1, max(len(w), len(word))/3) {
			best, least = w, d
		}
	}
	return best
}

// edits counts the letters to insert, drop, change or swap with their neighbour that turn a into b (Damerau's
// distance, restricted to one swap per letter).
func edits(a, b string) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range len(b) {
			change := 1
			if a[i] == b[j] {
				change = 0
			}
			next[j+1] = min(row[j+1]+1, next[j]+1, row[j]+change)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
