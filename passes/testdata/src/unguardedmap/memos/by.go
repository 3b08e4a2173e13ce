package memos

// The answer is had by way of what is kept, and is not that itself.

type pickerBad struct{ keys []string }

func (p *pickerBad) pick(k string) string { return p.keys[len(k)%len(p.keys)] }

var pickersBad = map[string]*pickerBad{}

type Balance struct{}

func (Balance) Select(keys []string, method string) string {
	p, ok := pickersBad[method]
	if !ok {
		pickersBad[method] = &pickerBad{keys} // want `map pickersBad is written here with no lock: Balance.Select may be called by several goroutines at once`
		p = pickersBad[method]
	}
	return p.pick(method)
}

var epochsBad = map[string]map[int]int{}

func Signed(addr string, epoch int) int {
	if m, ok := epochsBad[addr]; ok {
		if n, ok := m[epoch]; ok {
			return n
		}
	}
	if _, ok := epochsBad[addr]; !ok {
		epochsBad[addr] = map[int]int{} // want `map epochsBad is written here with no lock: Signed may be called by several goroutines at once`
	}
	return 0
}

type kindOk struct{ name string }

var addedOk = map[string]*kindOk{}

// What is registered is told what to put there, and says only whether something was there.
func AddKind(name string) bool {
	_, ok := addedOk[name]
	if !ok {
		addedOk[name] = &kindOk{name}
	}
	return ok
}

func AddedOk(name string) *kindOk { return addedOk[name] }
