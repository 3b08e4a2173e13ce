package misses

import "context"

type bagKey struct{}

// FN_Note writes the map of all who have the context.
func FN_Note(ctx context.Context, k string) {
	bag, _ := ctx.Value(bagKey{}).(map[string]int)
	bag[k]++
}

// Notes hands the context to a goroutine, and goes on with it.
func Notes(ctx context.Context) {
	ctx = context.WithValue(ctx, bagKey{}, map[string]int{})
	go FN_Note(ctx, "one")
	FN_Note(ctx, "other")
}
