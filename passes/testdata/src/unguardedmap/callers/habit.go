package callers

import "sync"

var (
	kindMu sync.Mutex
	kinds  = map[string]func(){}
)

// KindOk is exported by habit: the one function of this package that calls it, which is handed on as a value, locks.
func KindOk(k string) func() {
	if k != "" {
		return kinds[k]
	}
	return kinds["default"]
}

func AddKind(k string, f func()) {
	kindMu.Lock()
	defer kindMu.Unlock()
	kinds[k] = f
}

func runKind(k string) {
	kindMu.Lock()
	defer kindMu.Unlock()
	KindOk(k)()
}

// Commands are run by somebody.
var Commands = []func(string){runKind}

type Session struct {
	mu    sync.Mutex
	hosts map[string]string
	drive *Drive
}

type Drive struct{ files, docs string }

// NewDriveOk reads the map twice; its one caller locks.
func NewDriveOk(s *Session) *Drive {
	return &Drive{files: s.hosts["files"], docs: s.hosts["docs"]}
}

func (s *Session) Drive() *Drive {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.drive == nil {
		s.drive = NewDriveOk(s)
	}
	return s.drive
}

func (s *Session) Login(k, v string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hosts[k] = v
}

// HostBad has a caller that locks, and one on a goroutine that does not.
func HostBad(s *Session, k string) string {
	return s.hosts[k] // want `map Session.hosts is read without Session.mu`
}

func (s *Session) Files() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return HostBad(s, "files")
}

func (s *Session) Watch(out chan string) {
	go s.refresh(out)
}

func (s *Session) refresh(out chan string) { out <- HostBad(s, "poll") } // want `map Session.hosts is read without Session.mu, .* \(in HostBad, which is called here\)`

type Topics struct {
	mu  sync.Mutex
	all map[string]int
}

// MetadataOk and PersistOk, which calls it, are exported by habit: whoever calls them here locks.
func (t *Topics) MetadataOk() (out []string) {
	for k := range t.all {
		out = append(out, k)
	}
	return out
}

func (t *Topics) PersistOk(write func([]string)) { write(t.MetadataOk()) }

func (t *Topics) Add(k string, write func([]string)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all[k]++
	t.PersistOk(write)
}

type Queues struct {
	mu  sync.Mutex
	all map[string]int
}

func (q *Queues) MetadataBad() (out []string) {
	for k := range q.all { // want `map Queues.all is iterated without Queues.mu`
		out = append(out, k)
	}
	return out
}

// PersistBad is called by nobody here.
func (q *Queues) PersistBad(write func([]string)) {
	write(q.MetadataBad()) // want `map Queues.all is iterated without Queues.mu`
}

func (q *Queues) Add(k string, write func([]string)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.all[k]++
	write(q.MetadataBad())
}
