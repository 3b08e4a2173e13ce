package lockcopy

import (
	_ "embed"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/mapguard/mapguard/internal/report"
	"github.com/mapguard/mapguard/internal/summary"
)

//go:embed doc.go
var source string

// Analyzer reports copies of values that hold a lock, and maps that two objects share while each has its own lock.
var Analyzer = &analysis.Analyzer{
	Name:     "lockcopy",
	Doc:      report.Doc(source, "lockcopy"),
	URL:      report.URL("lockcopy"),
	Requires: []*analysis.Analyzer{summary.Analyzer},
	Run:      run,
}

var mapsOnly bool

func init() {
	Analyzer.Flags.BoolVar(&mapsOnly, "maps-only", false, "report only copies of values that hold a map beside the lock, and leave the others to vet")
}

// checker is the check of one package.
type checker struct {
	pass   *analysis.Pass
	res    *summary.Result
	root   *inspector.Cursor // see whole
	holds  *holdings
	guards *guards // see known
	out    *report.Findings

	handedBack map[types.Type]bool // types of which a parameter of a function literal that hands it back is reported
}

func run(pass *analysis.Pass) (any, error) {
	// Where the summaries skip a package, the result is empty: copies are found all the same, only the wording knows less.
	res := summary.Of(pass)
	c := &checker{
		pass: pass, res: res, holds: newHoldings(pass), out: report.New(pass),
		handedBack: map[types.Type]bool{},
	}
	c.out.Errors(res)
	for _, file := range pass.Files {
		c.sites(file, c.copied)
	}
	c.shared()
	c.out.Flush()
	return nil, nil
}

// whole returns the files as one. Only a fix that looks for all uses of something wants it: it takes more memory than the syntax itself.
func (c *checker) whole() inspector.Cursor {
	if c.root == nil {
		root := inspector.New(c.pass.Files).Root()
		c.root = &root
	}
	return *c.root
}

// copied judges one copy.
func (c *checker) copied(s site) {
	h := c.holds.of(s.typ)
	if mapsOnly && len(h.maps) == 0 || s.expr != nil && c.moved(s) {
		return
	}
	again := c.renewal(s, h)
	switch {
	case again.maps, again.locks && len(h.maps) == 0:
		return // a clone
	case again.locks:
		c.halfClone(s, h)
		return
	}
	c.report(s, h)
}
