package summary

import "github.com/mapguard/mapguard/internal/domain"

// view is the exported part of a summary, with each context that its accesses share held once: a caller translates a context once per call,
// not once per access.
type view struct {
	sum   *domain.Summary
	ctxs  []domain.Context
	ctxOf []int
}

func newView(sum *domain.Summary) *view {
	v := &view{sum: sum.Exported()}
	index, same := map[domain.ContextKey]int{}, map[domain.Sharing]int{}
	for i := range v.sum.Accesses {
		ctx := &v.sum.Accesses[i].Context
		shared := ctx.Sharing()
		n, ok := same[shared]
		if !ok {
			n = v.context(ctx, index)
			same[shared] = n
		}
		v.ctxOf = append(v.ctxOf, n)
	}
	return v
}

// context returns the number of c among the contexts of v.
func (v *view) context(c *domain.Context, index map[domain.ContextKey]int) int {
	key := c.Key()
	n, ok := index[key]
	if !ok {
		n = len(v.ctxs)
		index[key] = n
		bare := *c
		bare.Pos, bare.Chain = domain.Pos{}, nil
		v.ctxs = append(v.ctxs, bare)
	}
	return n
}
