package once

import "net/http"

// A table that is filled where it is found nil, which the initialisation of the package has seen to.

var symbolsOk map[string]int

func symbolOk(k string) (int, bool) {
	if symbolsOk == nil {
		symbolsOk = make(map[string]int)
		for i, s := range []string{"a", "b"} {
			symbolsOk[s] = i
		}
	}
	n, ok := symbolsOk[k]
	return n, ok
}

var firstSymbol, _ = symbolOk("a")

var symbolsBad map[string]int

func symbolBad(k string) (int, bool) {
	if symbolsBad == nil {
		symbolsBad = make(map[string]int)
		for i, s := range []string{"a", "b"} {
			symbolsBad[s] = i // want `map symbolsBad is written here by several goroutines at once with no lock`
		}
	}
	n, ok := symbolsBad[k]
	return n, ok
}

func serveSymbols() {
	http.HandleFunc("/ok", func(w http.ResponseWriter, r *http.Request) {
		if n, ok := symbolOk(r.URL.Path); !ok || n == firstSymbol {
			w.WriteHeader(404)
		}
	})
	http.HandleFunc("/bad", func(w http.ResponseWriter, r *http.Request) {
		if _, ok := symbolBad(r.URL.Path); !ok {
			w.WriteHeader(404)
		}
	})
	http.ListenAndServe(":80", nil)
}
