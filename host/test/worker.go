package test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
)

// mark begins the lines of a worker's output that are results; all else there was written by what a test has started.
const mark = '\x1e'

// Serve does the jobs that come, one line each, and answers each with a line.
func Serve(ctx context.Context, t Theatre, in io.Reader, out io.Writer) error {
	jobs := json.NewDecoder(in)
	for {
		var job Job
		if err := jobs.Decode(&job); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		b, err := json.Marshal(Play(ctx, t, job))
		if err != nil {
			return err
		}
		if _, err := out.Write(append(append([]byte{'\n', mark}, b...), '\n')); err != nil {
			return err
		}
	}
}

// answer reads a result, and what else was written before it.
func answer(from *bufio.Reader) (r Result, stray []byte, err error) {
	for {
		line, err := from.ReadBytes('\n')
		if len(line) > 0 && line[0] == mark {
			return r, stray, json.Unmarshal(line[1:], &r)
		}
		if stray = append(stray, line...); err != nil {
			return r, stray, err
		}
	}
}
