//go:build unix

package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// facts prints how large the facts of packages are beside what the compiler exports of them.
func (b *bench) facts(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.sizes"))
	if err != nil {
		return err
	}
	type size struct{ facts, export int64 }
	sizes := map[string]size{}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		for lines := bufio.NewScanner(f); lines.Scan(); {
			var path string
			var s size
			if _, err := fmt.Sscan(lines.Text(), &path, &s.facts, &s.export); err != nil {
				f.Close()
				return fmt.Errorf("%s: %w", file, err)
			}
			sizes[path] = s
		}
		f.Close()
	}
	var all size
	var parts []float64
	var above []string
	for path, s := range sizes {
		if s.facts == 0 || s.export == 0 {
			continue
		}
		all.facts, all.export = all.facts+s.facts, all.export+s.export
		part := float64(s.facts) / float64(s.export)
		parts = append(parts, part)
		if part > maxFacts {
			above = append(above, path)
		}
	}
	if len(parts) == 0 {
		return nil
	}
	slices.Sort(parts)
	fmt.Fprintf(b.out, "facts: %d of %d imported packages have some, %d bytes, %.1f%% of their export data; of one package median %.1f%%, max %.1f%%; above %.0f%%: %d\n",
		len(parts), len(sizes), all.facts, 100*float64(all.facts)/float64(all.export), 100*parts[len(parts)/2], 100*parts[len(parts)-1], 100*maxFacts, len(above))
	if len(above) > 0 {
		slices.Sort(above)
		fmt.Fprintln(b.out, "  such as", strings.Join(above[:min(len(above), shown)], " "))
	}
	return nil
}

// maxFacts is how large facts should be at most, as a part of the export data.
const maxFacts = 0.1
