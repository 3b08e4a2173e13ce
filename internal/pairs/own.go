package pairs

import (
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
)

// ownership tells memory that hangs on an object of this package from the insides of other packages, which are judged there.
type ownership struct {
	prefix string
	known  map[domain.Sym]bool
}

func (o *ownership) holds(p *domain.Path) bool {
	if o.sym(p.Root.Type) || p.Root.Kind == domain.Global && o.sym(p.Root.Name) {
		return true
	}
	for _, s := range p.Sel() {
		if o.sym(s.Owner()) {
			return true
		}
	}
	return false
}

func (o *ownership) sym(s domain.Sym) bool {
	if s == 0 {
		return false
	}
	ours, ok := o.known[s]
	if !ok {
		ours = strings.HasPrefix(s.String(), o.prefix)
		o.known[s] = ours
	}
	return ours
}
