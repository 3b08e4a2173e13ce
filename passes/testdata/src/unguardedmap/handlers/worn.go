package handlers

import (
	"net/http"
	"sync"
)

// taskHandler is what this package makes handlers of. Its tasks are run for each request, whatever router or wrapper gets the handler.
type taskHandler func(w http.ResponseWriter, r *http.Request) error

func (h taskHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := h(w, r); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

type anyRouter interface{ Handle(string, http.Handler) }

func logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(w, r) })
}

var (
	tasksMu sync.Mutex
	tasks   map[string]int
)

func loadTasks() {
	tasksMu.Lock()
	tasks = map[string]int{"a": 1}
	tasksMu.Unlock()
}

func taskBad(k string) int {
	return tasks[k] // want `variable tasks is read without tasksMu, under which it is replaced`
}

func showTask(w http.ResponseWriter, r *http.Request) error {
	loadTasks()
	println(taskBad(r.URL.Path))
	return nil
}

func routeTasks(r anyRouter) { r.Handle("/tasks", logged(taskHandler(showTask))) }

// A function type whose method calls it under a lock keeps the requests apart.
type oneByOne func(w http.ResponseWriter, r *http.Request) error

var oneMu sync.Mutex

func (h oneByOne) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	oneMu.Lock()
	defer oneMu.Unlock()
	if err := h(w, r); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

var pagesSeen = map[string]int{}

func countPageOk(w http.ResponseWriter, r *http.Request) error {
	pagesSeen[r.URL.Path]++
	return nil
}

func routePages(r anyRouter) { r.Handle("/", logged(oneByOne(countPageOk))) }

// Routes are set up by whoever has a router.
func Routes(r anyRouter) {
	routeTasks(r)
	routePages(r)
}
