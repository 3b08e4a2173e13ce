package escape

import (
	"fmt"
	"html/template"
	"io"
	"log"
	"sync"
)

type gauge struct {
	mu    sync.Mutex
	marks map[string]int
	// Page is what the template shows.
	Page struct{ Marks map[string]int }
}

func (g *gauge) Mark(k string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.marks[k]++
	g.Page.Marks[k]++
}

func (g *gauge) SprintBad() string {
	return fmt.Sprintf("%s: %v", "marks", g.marks) // want `map gauge.marks is iterated without gauge.mu`
}

func (g *gauge) LogBad(to *log.Logger) {
	log.Println("marks", g.marks) // want `map gauge.marks is iterated without gauge.mu`
	to.Printf("%v", g.marks)      // want `map gauge.marks is iterated without gauge.mu`
}

func (g *gauge) PrintOk(w io.Writer) {
	g.mu.Lock()
	defer g.mu.Unlock()
	fmt.Fprintln(w, g.marks, len(g.marks))
}

func (g *gauge) CountOk() string {
	g.mu.Lock()
	n := len(g.marks)
	g.mu.Unlock()
	return fmt.Sprint(n)
}

func (g *gauge) ShowBad(t *template.Template, w io.Writer) error {
	return t.Execute(w, &g.Page) // want `map .*Marks is iterated without gauge.mu`
}

func (g *gauge) ShowOk(t *template.Template, w io.Writer) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return t.Execute(w, g.Page)
}
