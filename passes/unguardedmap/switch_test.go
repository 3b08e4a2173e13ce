package unguardedmap_test

import (
	"fmt"
	"go/token"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/barepass"
	"github.com/mapguard/mapguard/passes/unguardedmap"
)

// minSwitched is the part of the random maps that must become a sync.Map.
const minSwitched = 0.6

// shapesOfAccess are ways to touch the map m once, or in a way that one call does. K is the key, V an expression.
var shapesOfAccess = []string{
	"m[K] = V",
	"if n > 1 {\nm[K] = V\nreturn n\n}\ndelete(m, K)",
	"total = m[K]",
	"v, ok := m[K]\nif !ok {\nreturn -1\n}\ntotal = v",
	"return m[K] + V",
	"return n + m[K]*2",
	"if m[K] > n {\nreturn 1\n}\ntotal = 3",
	"if v := m[K]; v > 1 {\ntotal = v\n}",
	"if _, ok := m[K]; ok {\ntotal++\n} else {\ntotal--\n}",
	"if _, ok := m[K]; !ok {\nm[K] = V\n}",
	"v, ok := m[K]\nif !ok {\nv = V\nm[K] = v\n}\ntotal = v",
	"v, ok := m[K]\nif !ok {\nv = V\nm[K] = v\n}\nif ok {\ntotal = v\n}",
	"if v, ok := m[K]; ok {\nreturn v\n}\nm[K] = V\nreturn n",
	"switch m[K] {\ncase 1:\nreturn 7\ncase n:\ntotal = 2\n}",
	"switch {\ncase n > 2:\nm[K] = V\ncase n == 1:\ndelete(m, K)\ndefault:\ntotal = m[K]\n}",
	"for _, v := range m {\ntotal += v\n}",
	"for k, v := range m {\nif k == K {\ncontinue\n}\nif v > 90 {\nbreak\n}\ntotal += v\n}",
	"outer:\nfor range n {\nfor k := range m {\nif k == K {\ntotal++\ncontinue outer\n}\n}\nbreak\n}",
	"for k := range m {\nif k == K {\nreturn 5\n}\n}",
	"for k := range m {\nfunc() {\ndefer func() { total += len(k) }()\n}()\n}",
	"for range m {\ntotal++\n}",
	"m = map[string]int{}",
	"m = make(map[string]int, n)",
	"clear(m)",
	"f := func(k string) int { return m[k] + 1 }\ntotal = f(K)",
	"defer delete(m, K)\ntotal = V",
	"for i := range n {\nm[K] = i\n}",
	"func() { m[K] = V }()",
	"var v = m[K]\ntotal = v",
	"var v, ok = m[K]\nif ok {\ntotal = v\n}",
	"if n >= 0 {\nvar q = K\nm[q] = V\nq = \"\"\n}",
	"total += m[K]",
	"total, n = m[K], 4",
	"m[K]++",
	"total = len(m)",
	"m[K] = m[K] + 1",
}

// TestSwitchKeepsBehaviour makes a sync.Map of random maps, each with a few functions around it, and runs them before and after: they compute the same.
//
//	go test ./passes/unguardedmap -run SwitchKeeps -v -args -functions 1000 -seed 7
func TestSwitchKeepsBehaviour(t *testing.T) {
	require.NoError(t, unguardedmap.Analyzer.Flags.Set("fix", "syncmap"))
	defer func() { require.NoError(t, unguardedmap.Analyzer.Flags.Set("fix", "lock")) }()
	r := rand.New(rand.NewPCG(*seed, 0))
	src, main := "package shapes\n", "package main\n\nimport (\n\t\"fmt\"\n\n\t\"random/shapes\"\n)\n\nfunc main() {\n"
	maps := max(*functions/3, 1)
	for i := range maps {
		src += randomMap(r, fmt.Sprint(i))
		main += fmt.Sprintf("\tfor n := range 4 {\n\t\tfor _, k := range []string{\"a\", \"c\", \"a\", \"z\"} {\n\t\t\tfmt.Println(%q, n, k, shapes.Run%d(k, n))\n\t\t}\n\t}\n", fmt.Sprintf("Run%d", i), i)
	}
	main += "}\n"
	fixed := switched(t, src)
	n := strings.Count(fixed, "is a sync.Map from")
	t.Logf("%d of %d maps are switched", n, maps)
	assert.GreaterOrEqual(t, float64(n)/float64(maps), minSwitched)
	dir := t.TempDir()
	before, after := runs(t, filepath.Join(dir, "before"), src, main), runs(t, filepath.Join(dir, "after"), fixed, main)
	for i := range min(len(before), len(after)) {
		if before[i] != after[i] {
			name, _, _ := strings.Cut(strings.TrimPrefix(before[i], "Run"), " ")
			_, text, _ := strings.Cut(fixed, "var m"+name+" ")
			text, _, _ = strings.Cut(text, "\nvar ")
			require.Fail(t, "another result", "before %s\nafter  %s\n%s", before[i], after[i], text)
		}
	}
	require.Equal(t, len(before), len(after))
}

// randomMap writes a map with up to three functions that touch it, one that calls them, and one that starts that on goroutines.
func randomMap(r *rand.Rand, id string) string {
	text, calls := fmt.Sprintf("\nvar m%s = map[string]int{}\n\nfunc put%[1]s(k string, n int) { m%[1]s[k] = n }\n", id), ""
	for i := range 1 + r.IntN(3) {
		key := []string{`"a"`, "k", `k + "b"`}[r.IntN(3)]
		value := []string{"n", "3", "n + 1", "len(k)"}[r.IntN(4)]
		body := strings.NewReplacer("K", key, "V", value).Replace(shapesOfAccess[r.IntN(len(shapesOfAccess))])
		body = inMap.ReplaceAllString(body, "m"+id)
		text += fmt.Sprintf("\nfunc f%s_%d(k string, n int) (total int) {\n%s\nreturn total\n}\n", id, i, body)
		calls += fmt.Sprintf("\ttotal = total*10 + f%s_%d(k, n)\n", id, i)
	}
	return text + fmt.Sprintf("\nfunc Run%s(k string, n int) (total int) {\n\tif n == 2 {\n\t\tput%[1]s(k, 9)\n\t}\n%s\treturn total\n}\n\nfunc Go%[1]s() {\n\tfor i := range 9 {\n\t\tgo func() { put%[1]s(\"a\", i); Run%[1]s(\"a\", i) }()\n\t}\n}\n", id, calls)
}

// switched applies the fixes that there are, twice: a map that could not be switched can't be then.
func switched(t *testing.T, src string) string {
	t.Helper()
	for range 2 {
		fset := token.NewFileSet()
		pkg := check(t, fset, src)
		diags, err := barepass.Run(unguardedmap.Analyzer, pkg)
		require.NoError(t, err)
		src = edited(t, fset, pkg, diags, src)
	}
	return src
}

var inMap = regexp.MustCompile(`\bm\b`)
