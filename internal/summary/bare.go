package summary

import (
	"go/ast"
	"go/token"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/intent"
)

// span is a range of source.
type span struct{ from, to token.Pos }

// bareCode returns the functions and statements at which a comment says that they want no lock: before them, or behind them on their first line.
func (u *unit) bareCode() (out []span) {
	for _, file := range u.pass.Files {
		before, behind := map[int]bool{}, map[int]bool{} // by the line of what they are about
		for _, c := range file.Comments {
			if intent.Bare(c.Text()) {
				before[u.line(c.End())+1], behind[u.line(c.Pos())] = true, true
			}
		}
		if len(before) == 0 {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl, ast.Stmt:
				line := u.line(n.Pos())
				if behind[line] {
					delete(before, line+1)
				}
				if before[line] || behind[line] {
					out = append(out, span{n.Pos(), n.End()})
				}
			}
			return true
		})
	}
	return out
}

func (u *unit) line(p token.Pos) int { return u.pass.Fset.Position(p).Line }

// Bare reports whether a comment at p says that no lock is wanted there.
func (r *Result) Bare(p domain.Pos) bool {
	if len(r.bare) == 0 {
		return false
	}
	at := r.At(p)
	for _, s := range r.bare {
		if s.from <= at && at < s.to {
			return true
		}
	}
	return false
}
