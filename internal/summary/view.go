package summary

import "github.com/mapguard/mapguard/internal/domain"

// view is the exported part of a summary, with terms that are equal held once: a caller translates them once per call, not once per access.
type view struct {
	sum     *domain.Summary
	full    *domain.Summary // with what callers are not told of, if it is of this package
	terms   []*domain.Terms
	termsOf []int            // by access
	instead []domain.Lockset // by call, once asked for: see executedInstead
}

func newView(sum *domain.Summary) *view {
	v := &view{sum: sum.Exported(), full: sum}
	v.termsOf = make([]int, len(v.sum.Accesses))
	index, same := map[domain.ContextKey]int{}, map[*domain.Terms]int{}
	for i := range v.sum.Accesses {
		terms := v.sum.Accesses[i].Terms
		n, ok := same[terms]
		if !ok {
			n = v.number(terms, index)
			same[terms] = n
		}
		v.termsOf[i] = n
	}
	return v
}

// number returns the number of t among the terms of v.
func (v *view) number(t *domain.Terms, index map[domain.ContextKey]int) int {
	key := t.Key()
	n, ok := index[key]
	if !ok {
		n = len(v.terms)
		index[key] = n
		v.terms = append(v.terms, t)
	}
	return n
}

// executedInstead is the function of that name for the call n.
func (v *view) executedInstead(n int) domain.Lockset {
	if v.instead == nil {
		v.instead = make([]domain.Lockset, len(v.sum.Calls))
		for i := range v.sum.Calls {
			v.instead[i] = executedInstead(v.sum.Calls, &v.sum.Calls[i])
		}
	}
	return v.instead[n]
}
