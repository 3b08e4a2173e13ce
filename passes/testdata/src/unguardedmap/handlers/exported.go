package handlers

import "net/http"

// Routes are listed in another package, which is not in sight.

var visitsBad = map[string]int{}

func VisitBad(w http.ResponseWriter, r *http.Request) {
	visitsBad[r.Host]++ // want `map visitsBad is written here by several goroutines at once with no lock: VisitBad runs for each request`
}

type Users struct {
	names  map[string]string
	titles map[string]string
}

func (u *Users) PutBad(w http.ResponseWriter, r *http.Request) {
	u.names[r.Host] = r.FormValue("name") // want `map Users.names is written here (by several goroutines at once|and read at exported.go:\d+) with no lock`
}

func (u *Users) GetBad(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(u.names[r.Host]))
}

// TitleOk only reads what the constructor has put there.
func (u *Users) TitleOk(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(u.titles[r.Host]))
}

func NewUsersOk() *Users {
	u := &Users{names: map[string]string{}, titles: map[string]string{}}
	u.titles["a"] = "A"
	return u
}

// PageOk is made for one request.
type PageOk struct{ vars map[string]string }

func (p *PageOk) Render(w http.ResponseWriter, r *http.Request) { p.vars["host"] = r.Host }

func ShowOk(w http.ResponseWriter, r *http.Request) {
	p := &PageOk{vars: map[string]string{}}
	p.Render(w, r)
}

// AnnotateOk writes what belongs to the request.
func AnnotateOk(w http.ResponseWriter, r *http.Request) { r.Header["X-Seen"] = []string{"1"} }

// CallsOk is no handler: it is told whom to answer, and what.
type CallsOk struct{ last map[string]int }

func (c *CallsOk) Answer(w http.ResponseWriter, r *http.Request, code int) { c.last[r.Host] = code }
