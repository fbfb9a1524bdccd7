package repl

import "fmt"

func (s *session) listTasks(string) error {
	tasks := s.rt.Tasks()
	if len(tasks) == 0 {
		fmt.Fprintln(s.out, "no task runs")
	}
	for _, t := range tasks {
		kind := ""
		if t.Daemon {
			kind = ", a daemon"
		}
		fmt.Fprintf(s.out, "  %-12s %s%s, from %s\n", t.Name, t.Status, kind, t.Made)
	}
	return nil
}
