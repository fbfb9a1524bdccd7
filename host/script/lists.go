package script

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// listOf is the name of the type of several values, parted by commas: list of address.
const listOf = "list of"

// parseList reads several values of a type. Lua gets a list of them; an empty text is an empty one.
func (t Type) parseList(text string) (any, error) {
	list := []any{}
	for word := range strings.SplitSeq(text, ",") {
		if word = strings.TrimSpace(word); word == "" {
			continue
		}
		v, err := t.Of.Parse(word)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// maxPort is the last port.
const maxPort = math.MaxUint16

// parsePorts reads ports and ranges of ports, parted by commas: 22,80,8000-8100. Lua gets a list of numbers.
func parsePorts(text string) (any, error) {
	list := []any{}
	for word := range strings.SplitSeq(text, ",") {
		low, high, is := strings.Cut(strings.TrimSpace(word), "-")
		if !is {
			high = low
		}
		first, err := strconv.ParseUint(low, 10, 16)
		if err != nil {
			return nil, err
		}
		last, err := strconv.ParseUint(high, 10, 16)
		if err != nil || last < first || len(list)+int(last-first) > maxPort {
			return nil, strconv.ErrRange
		}
		for port := first; port <= last; port++ {
			list = append(list, float64(port))
		}
	}
	return list, nil
}

// rateUnits are those of package link, the longer first.
var rateUnits = []string{"kpps", "mpps", "pps", "kbps", "mbps", "gbps", "bps", "kbit", "mbit", "gbit", "bit"}

// parseRate checks packets or bits a second: 500pps, 20kpps, 10mbps. Lua gets the text, as functions take it.
func parseRate(text string) (any, error) {
	s := strings.ToLower(text)
	for _, unit := range rateUnits {
		if number, is := strings.CutSuffix(s, unit); is {
			if n, err := strconv.ParseFloat(number, 64); err != nil || !(n > 0 && n < 1e15) {
				break
			}
			return text, nil
		}
	}
	return nil, fmt.Errorf("no rate")
}

// parseSize reads a number of bytes with k, M or G behind it, in steps of 1024.
func parseSize(text string) (any, error) {
	number, unit := strings.ToUpper(text), 1.0
	for i, letter := range []string{"K", "M", "G"} {
		if n, is := strings.CutSuffix(number, letter); is {
			number, unit = n, math.Pow(1024, float64(i+1))
		}
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || !(n >= 0 && n*unit < 1<<53) {
		return nil, strconv.ErrRange
	}
	return math.Trunc(n * unit), nil
}
