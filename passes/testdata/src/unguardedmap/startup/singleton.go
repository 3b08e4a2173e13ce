package startup

import "sync"

// tasks is made by whoever comes first.
type tasks struct {
	results map[string]int
	names   map[string]string
}

var (
	theTasks  *tasks
	tasksOnce sync.Once
)

func Tasks() *tasks {
	tasksOnce.Do(func() {
		theTasks = &tasks{results: map[string]int{}, names: map[string]string{}}
	})
	return theTasks
}

func (t *tasks) SubmitBad(k string) {
	t.results[k] = 1 // want `map tasks.results is written here with no lock: tasks.SubmitBad may be called by several goroutines at once, for which theTasks is made`
}

func (t *tasks) Result(k string) int { return t.results[k] }

func (t *tasks) Clean(k string) { delete(t.results, k) }

// A closure that captures the receiver makes a variable for it, and no other object.
func (t *tasks) Each(f func(string)) {
	each := func() {
		for k := range t.names {
			f(k)
		}
	}
	each()
}

// What is registered stays.
func (t *tasks) RegisterOk(k, name string) { t.names[k] = name }

func (t *tasks) Name(k string) string { return t.names[k] }

// list has a variable, too, but nobody makes it when it is wanted.
type list struct{ rows map[string]int }

var theList = &list{rows: map[string]int{}}

func (l *list) AddOk(k string) { l.rows[k] = 1 }

func (l *list) Drop(k string) { delete(l.rows, k) }

// codecs has one for everybody, which nobody changes any more, and makes others for those who want to.
type codecs struct{ byName map[string]string }

var (
	theCodecs  *codecs
	codecsOnce sync.Once
)

func NewCodecs() *codecs { return &codecs{byName: map[string]string{}} }

func Codecs() *codecs {
	codecsOnce.Do(func() { theCodecs = NewCodecs() })
	return theCodecs
}

func (c *codecs) SetOk(k, name string) { c.byName[k] = name }

func (c *codecs) Drop(k string) { delete(c.byName, k) }
