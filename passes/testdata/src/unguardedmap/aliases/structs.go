package aliases

import (
	"maps"
	"net/http"
)

// rule is copied by value, with its map.
type rule struct {
	name   string
	labels map[string]string
	made   map[string]string
	listed map[string]string
	ranged map[string]string
	own    map[string]string
	cloned map[string]string
}

// sample is what is made of a rule.
type sample struct {
	name   string
	labels map[string]string
}

// Scraper answers each request by its rules.
type Scraper struct{ rules []rule }

func (s *Scraper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.fillGapsBad(r.URL.Path)
	s.appendBad(r.URL.Path)
	s.literalBad(r.URL.Path)
	s.indexBad(r.URL.Path)
	s.makeOk(r.URL.Path)
	s.cloneOk(r.URL.Path)
	s.cloneAfterOk(r.URL.Path)
}

func (s *Scraper) fillGapsBad(to string) {
	for _, r := range s.rules {
		if r.labels == nil {
			r.labels = map[string]string{}
		}
		r.labels["to"] = to // want `map rule.labels is written here by several goroutines at once with no lock`
	}
}

func (s *Scraper) makeOk(to string) {
	for _, r := range s.rules {
		if r.own == nil {
			r.own = map[string]string{}
		} else {
			r.own = maps.Clone(r.own)
		}
		r.own["to"] = to
	}
}

func (s *Scraper) appendBad(to string) {
	var out []sample
	for _, r := range s.rules {
		out = append(out, sample{r.name, r.made})
	}
	for _, m := range out {
		m.labels["to"] = to // want `map rule.made is written here by several goroutines at once with no lock`
	}
}

func (s *Scraper) literalBad(to string) {
	out := []sample{{"first", s.rules[0].listed}}
	out[0].labels["to"] = to // want `map rule.listed is written here by several goroutines at once with no lock`
}

func (s *Scraper) indexBad(to string) {
	out := make([]sample, len(s.rules))
	for i, r := range s.rules {
		out[i] = sample{r.name, r.ranged}
	}
	for i := range out {
		out[i].labels["to"] = to // want `map rule.ranged is written here by several goroutines at once with no lock`
	}
}

func (s *Scraper) cloneOk(to string) {
	var out []sample
	for _, r := range s.rules {
		out = append(out, sample{r.name, maps.Clone(r.cloned)})
	}
	for _, m := range out {
		m.labels["to"] = to
	}
}

func (s *Scraper) cloneAfterOk(to string) {
	var out []sample
	for _, r := range s.rules {
		out = append(out, sample{r.name, r.cloned})
	}
	for i := range out {
		out[i].labels = maps.Clone(out[i].labels)
	}
	for _, m := range out {
		m.labels["to"] = to
	}
}
