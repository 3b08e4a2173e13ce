package callers

import "fmt"

var askedNames = map[string]string{} // one goroutine fills it, if it is asked to

// A run that is told not to look up leaves each turn of the loop before the map.
func lines(hosts []string, sep string, lookup bool) (out string) {
	if len(sep) > 0 {
		return list(hosts, sep, lookup)
	}
	for _, h := range hosts {
		if !lookup {
			continue
		}
		if _, ok := askedNames[h]; !ok {
			askedNames[h] = h + sep
		}
	}
	return out
}

func list(hosts []string, sep string, lookup bool) (out string) {
	for _, h := range hosts {
		if !lookup {
			continue
		}
		if _, ok := askedNames[h]; !ok {
			askedNames[h] = h
		}
		out += askedNames[h] + sep
	}
	return out
}

// SaveOk asks for no names.
func SaveOk(hosts []string, sep string) { fmt.Print(lines(hosts, sep, false)) }

// Watch asks for them, on its goroutine.
func Watch(in chan []string, lookup bool) {
	go func() {
		for hosts := range in {
			fmt.Print(lines(hosts, "", lookup))
		}
	}()
}

var listedNames = map[string]string{}

func listed(hosts []string, sep string, lookup bool) (out string) {
	for _, h := range hosts {
		if !lookup {
			out += h
		}
		if _, ok := listedNames[h]; !ok {
			listedNames[h] = h + sep // want `map listedNames is written here and read`
		}
	}
	return out
}

// SaveBad comes to the map all the same.
func SaveBad(hosts []string, sep string) { fmt.Print(listed(hosts, sep, false)) }

// WatchListed is as Watch.
func WatchListed(in chan []string, lookup bool) {
	go func() {
		for hosts := range in {
			fmt.Print(listed(hosts, "", lookup))
		}
	}()
}

var cutNames = map[string]string{}

// What is done if there is a separator.
func cut(hosts []string, sep string) {
	if len(sep) > 0 {
		for _, h := range hosts {
			cutNames[h] = sep // want `map cutNames is (written|read) `
		}
	}
}

// CutOk gives none, CutBad one.
func CutOk(hosts []string)  { cut(hosts, "") }
func CutBad(hosts []string) { cut(hosts, ";") }

// WatchCut gives one on its goroutine.
func WatchCut(in chan []string) {
	go func() {
		for hosts := range in {
			cut(hosts, ",")
		}
	}()
}
