package callbacks

import "sync"

// settings calls, under its lock, whoever wants to know of a change, and gives itself.
type settings struct {
	mu    sync.Mutex
	old   map[string]string
	now   map[string]string
	hooks []func(*settings)
}

func (s *settings) OnReload(f func(*settings)) { s.hooks = append(s.hooks, f) }

func (s *settings) ReloadOk(vals map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.old = map[string]string{}
	for k, v := range s.now {
		s.old[k] = v
	}
	for _, h := range s.hooks {
		h(s)
	}
}

func (s *settings) ChangedOk(k string) bool { return s.old[k] != "" }

// options calls them when it has given up the lock.
type options struct {
	mu    sync.Mutex
	old   map[string]string
	now   map[string]string
	hooks []func(*options)
}

func (s *options) OnReload(f func(*options)) { s.hooks = append(s.hooks, f) }

func (s *options) Reload(vals map[string]string) {
	s.mu.Lock()
	s.old = map[string]string{}
	for k, v := range s.now {
		s.old[k] = v
	}
	s.mu.Unlock()
	for _, h := range s.hooks {
		h(s)
	}
}

func (s *options) ChangedBad(k string) bool {
	return s.old[k] != "" // want `options.old is read without options.mu`
}

// limits gives its hooks a name alone.
type limits struct {
	mu    sync.Mutex
	old   map[string]string
	now   map[string]string
	hooks []func(string)
}

func (s *limits) OnReload(f func(string)) { s.hooks = append(s.hooks, f) }

func (s *limits) Reload(vals map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.old = map[string]string{}
	for k, v := range s.now {
		s.old[k] = v
	}
	for _, h := range s.hooks {
		h("reload")
	}
}

func (s *limits) ChangedBad(k string) bool {
	return s.old[k] != "" // want `limits.old is read without limits.mu`
}
