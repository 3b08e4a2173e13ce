package turncopies

func retry(items []string) (failed []string) { return items[1:] }

// RetryOk declares the variable in the loop: the goroutine of each turn has its own, though all refer to what the caller has.
func RetryOk(items []string) {
	for i := range items {
		var batch []string
		if i > 3 {
			batch = items[i:]
		} else {
			batch = items[:i]
		}
		go func() {
			for len(batch) > 0 {
				seen := map[string][]string{"batch": batch}
				batch = retry(seen["batch"])
			}
		}()
	}
}

// RetryBad declares it before the loop.
func RetryBad(items []string) {
	var batch []string
	for i := range items {
		go func() {
			for len(batch) > 0 {
				seen := map[string][]string{}
				seen["batch"] = batch
				batch = retry(seen["batch"]) // want `the operand batch of a map operation is set here`
			}
		}()
		_ = i
	}
}
