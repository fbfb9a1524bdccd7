package tape

import (
	"encoding/json"

	"moonwire/host/network"
)

// inspected is a world that counts, and says when interfaces come and go.
type inspected struct{ *world }

var _ network.Inspector = (*inspected)(nil)

func (w *inspected) inspector() network.Inspector { return w.real.(network.Inspector) }

func (w *inspected) System() network.System {
	s, _ := asked(w.t, w.t.question("system", 0), func() (network.System, error) {
		s := w.inspector().System()
		s.Booted = w.t.stamp(s.Booted)
		return s, nil
	})
	return s
}

func (w *inspected) InterfaceStats(iface string) (network.InterfaceStats, error) {
	return asked(w.t, w.t.question("interfacestats", 0, iface),
		func() (network.InterfaceStats, error) { return w.inspector().InterfaceStats(iface) })
}

func (w *inspected) Stats() (network.Stats, error) {
	return asked(w.t, w.t.question("stats", 0), func() (network.Stats, error) { return w.inspector().Stats() })
}

func (w *inspected) Sockets() ([]network.SocketInfo, error) {
	return asked(w.t, w.t.question("sockets", 0), func() ([]network.SocketInfo, error) { return w.inspector().Sockets() })
}

func (w *inspected) Watch(f func(network.Change)) (stop func(), err error) {
	q, made := w.making("watch")
	tell := w.t.listen(made.id, func(told json.RawMessage) {
		var c network.Change
		if json.Unmarshal(told, &c) == nil {
			f(c)
		}
	})
	var end func()
	err = done(w.t, q, func() (err error) {
		end, err = w.inspector().Watch(func(c network.Change) { tell(c) })
		return err
	})
	if err != nil {
		tell(nil)
		return nil, err
	}
	return func() {
		_ = made.do("watch.stop", func() error {
			end()
			tell(nil)
			return nil
		})
	}, nil
}
