package filter

// nearest is the word of the list that differs least from s, or "" when none is near.
func nearest(s string, words func(yield func(string) bool)) string {
	best, distance := "", len(s)/3+1
	if len(s) > 30 || len(s) < 2 {
		return ""
	}
	for w := range words {
		if d := edits(s, w); d <= distance && (d < distance || best == "" || w < best) {
			best, distance = w, d
		}
	}
	return best
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
