package load

import (
	"fmt"
	"strings"
	"time"
)

// String is the result as text: a line on the whole, and one for each kind of exchange.
func (r Result) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d leases in %.2f s: %.1f a second, %s asked; %d clients, drop ratio %.2f %%\n",
		r.Leases, r.Elapsed.Seconds(), r.Rate, number(r.Asked), r.Clients, 100*r.DropRatio)
	rows := [][]string{{"exchange", "sent", "answered", "drops", "ratio", "min", "average", "max", "deviation", "50 %", "95 %", "99 %"}}
	for _, e := range r.Exchanges {
		row := []string{e.Name, fmt.Sprint(e.Sent)}
		if e.Answered {
			row = append(row, fmt.Sprint(e.Received), fmt.Sprint(e.Drops), fmt.Sprintf("%.2f %%", 100*e.DropRatio))
			d := e.Delay
			for _, t := range []time.Duration{d.Min, d.Average, d.Max, d.Deviation, d.P50, d.P95, d.P99} {
				row = append(row, fmt.Sprintf("%.3f ms", t.Seconds()*1000))
			}
		}
		rows = append(rows, row)
	}
	writeRows(&b, rows)
	fmt.Fprintf(&b, "began late: %.3f ms on average, %.3f ms at most, %d by more than %.0f ms", r.Lag.Average.Seconds()*1000, r.Lag.Max.Seconds()*1000,
		r.Lag.Late, tooLate.Seconds()*1000)
	for _, c := range []struct {
		n    int
		what string
	}{{r.Starved, "did not begin, since no client was free"}, {r.Unbound, "were leases, since no client was bound yet"},
		{r.LateAnswers, "answers came too late"}, {r.Others, "further offers"}, {r.Strays, "messages for nobody here"},
		{r.Malformed, "malformed messages"}, {int(r.Lost), "frames lost on this machine"}} {
		if c.n > 0 {
			fmt.Fprintf(&b, "\n%d %s", c.n, c.what)
		}
	}
	return b.String()
}

func number(x float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", x), ".0") }

// writeRows writes a table: the first column to the left, the others to the right.
func writeRows(b *strings.Builder, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len(cell))
		}
	}
	for _, row := range rows {
		fmt.Fprintf(b, "%-*s", widths[0], row[0])
		for i, cell := range row[1:] {
			fmt.Fprintf(b, "  %*s", widths[i+1], cell)
		}
		b.WriteByte('\n')
	}
}
