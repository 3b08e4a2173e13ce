// Package lists calls functions again and again, or once.
package lists

// Each hands on to each.
func Each(n int, f func(int)) { each(n, f) }

func each(n int, f func(int)) {
	for i := range n {
		f(i)
	}
}

// Once calls f once.
func Once(f func(int)) { f(1) }
