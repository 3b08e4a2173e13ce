// Package memos has tables of a package that functions fill on the way to an answer. Nobody in sight calls them on a goroutine.
package memos

import (
	"context"
	"errors"
	"log"
	"sync"
)

type icon struct{ data []byte }

func draw(name string) *icon { return &icon{[]byte(name)} }

var icons = map[string]*icon{}

// IconBad looks the key up, makes what is missing, and keeps it.
func IconBad(name string) *icon {
	if i, ok := icons[name]; ok {
		return i
	}
	i := draw(name)
	icons[name] = i // want `map icons is written here with no lock: IconBad may be called by several goroutines at once, and icons is one for all of them`
	return i
}

type Site struct{ Name string }

var sites = map[string]int{}

// SiteBad: the key is a field of what it is asked about, and the work is done by a helper.
func SiteBad(s *Site) int { return visitedBad(s) }

func visitedBad(s *Site) int {
	n := sites[s.Name]
	if n == 0 {
		n = len(s.Name)
		sites[s.Name] = n // want `map sites is written here with no lock: SiteBad may be called by several goroutines at once, and sites is one for all of them`
	}
	return n
}

var greeted = map[string]bool{}

// GreetBad returns something else, but the request that it works on is one of several.
func GreetBad(ctx context.Context, name string) error {
	if !greeted[name] {
		greeted[name] = true // want `map greeted is written here with no lock`
	}
	return ctx.Err()
}

var codecs = map[string]*icon{}

// RegisterOk is told what to put there: a registry, filled before main.
func RegisterOk(name string, i *icon) error {
	if codecs[name] != nil {
		return errors.New("twice")
	}
	codecs[name] = i
	return nil
}

var kinds = map[string]int{}

// KindOk numbers names as they come, while initialisation alone calls it.
func KindOk(name string) int {
	if n, ok := kinds[name]; ok {
		return n
	}
	n := len(name)
	kinds[name] = n
	return n
}

var first = KindOk("first")

var aliases = map[string]string{}

// AliasOk asks one key and sets another: that a thing has a name, and under which.
func AliasOk(name, alias string) string {
	old := aliases[name]
	aliases[alias] = old + name
	return old
}

var defaults = map[string]int{}

// DefaultsOk returns nothing of the table.
func DefaultsOk(names []string) {
	for _, name := range names {
		if _, ok := defaults[name]; !ok {
			defaults[name] = len(name)
		}
	}
}

var (
	lockedMu sync.Mutex
	locked   = map[string]*icon{}
)

func LockedOk(name string) *icon {
	lockedMu.Lock()
	defer lockedMu.Unlock()
	if i, ok := locked[name]; ok {
		return i
	}
	i := draw(name)
	locked[name] = i
	return i
}

// LocalOk is asked in a table of its own.
func LocalOk(names []string) (last *icon) {
	seen := map[string]*icon{}
	for _, name := range names {
		if last = seen[name]; last == nil {
			last = draw(name)
			seen[name] = last
		}
	}
	return last
}

type Painter struct{ icons map[string]*icon }

// IconOk fills the object's own table: callers can have an object each.
func (p *Painter) IconOk(name string) *icon {
	if i, ok := p.icons[name]; ok {
		return i
	}
	i := draw(name)
	p.icons[name] = i
	return i
}

var archs = map[string][]string{"one": {"a", "b"}}

// ArchsOk sets what it is told to, and answers with what is there.
func ArchsOk(os string, only bool) []string {
	for _, a := range archs[os] {
		if a == "" {
			return nil
		}
	}
	if only {
		archs[os] = []string{os}
	}
	return archs[os]
}

var sizes = map[string][]int{}

// SizesBad makes what has no elements.
func SizesBad(name string) []int {
	if len(sizes[name]) == 0 {
		sizes[name] = []int{len(name)} // want `map sizes is written here with no lock`
	}
	return sizes[name]
}

// Gallery is one for all: the package has one, and makes no other.
type Gallery struct {
	icons map[string]*icon
	names map[string]string
}

var gallery = &Gallery{icons: map[string]*icon{}, names: map[string]string{}}

// IconBad fills the table of the only one there is.
func (g *Gallery) IconBad(name string) *icon {
	if i, ok := g.icons[name]; ok {
		return i
	}
	i := draw(name)
	g.icons[name] = i // want `map Gallery.icons is written here with no lock: Gallery.IconBad may be called by several goroutines at once, and Gallery.icons is one for all of them`
	return i
}

// NameOk sets what it is told: a registry.
func (g *Gallery) NameOk(name, of string) { g.names[name] = of }

func TheGallery() *Gallery { return gallery }

type Fonts struct{ sizes map[string]int }

// The first who asks makes it.
var (
	fonts     *Fonts
	fontsOnce sync.Once
)

func TheFonts() *Fonts {
	fontsOnce.Do(func() { fonts = &Fonts{sizes: map[string]int{}} })
	return fonts
}

// SizeBad uses the variable, and no receiver.
func SizeBad(name string) int {
	f := TheFonts()
	if n, ok := f.sizes[name]; ok {
		return n
	}
	return fonts.size(name)
}

func (f *Fonts) size(name string) int {
	n, ok := f.sizes[name]
	if !ok {
		n = len(name)
		f.sizes[name] = n // want `map Fonts.sizes is written here with no lock`
	}
	return n
}

// Brush: there is a variable with one, but callers can have others.
type Brush struct{ icons map[string]*icon }

var DefaultBrush = &Brush{icons: map[string]*icon{}}

func NewBrush() *Brush {
	b := &Brush{icons: map[string]*icon{}}
	return b
}

func (b *Brush) IconOk(name string) *icon {
	if i, ok := b.icons[name]; ok {
		return i
	}
	i := draw(name)
	b.icons[name] = i
	return i
}

// Easel has a lock.
type Easel struct {
	mu    sync.Mutex
	icons map[string]*icon
}

var easel = &Easel{icons: map[string]*icon{}}

func TheEasel() *Easel { return easel }

func (e *Easel) IconOk(name string) *icon {
	e.mu.Lock()
	defer e.mu.Unlock()
	if i, ok := e.icons[name]; ok {
		return i
	}
	i := draw(name)
	e.icons[name] = i
	return i
}

// Tint is a part of each Shade as well.
type Tint struct{ icons map[string]*icon }

var theTint Tint

func TheTint() *Tint { return &theTint }

type Shade struct {
	Tint
	deep int
}

func NewShade(deep int) *Shade {
	s := &Shade{deep: deep}
	s.icons = map[string]*icon{}
	return s
}

func (t *Tint) IconOk(name string) *icon {
	if i, ok := t.icons[name]; ok {
		return i
	}
	i := draw(name)
	t.icons[name] = i
	return i
}

// Palette: others can have their own, but who asks the package uses that of the variable.
type Palette struct{ icons map[string]*icon }

var palette *Palette

func NewPalette() *Palette { return &Palette{icons: map[string]*icon{}} }

func init() { palette = NewPalette() }

// Paint does not say whose palette it uses.
func Paint(name string) *icon { return palette.iconBad(name) }

func (p *Palette) iconBad(name string) *icon {
	if i, ok := p.icons[name]; ok {
		return i
	}
	i := draw(name)
	p.icons[name] = i // want `map Palette.icons is written here with no lock: Paint may be called by several goroutines at once, and Palette.icons is one for all of them`
	return i
}

// Canvas is the caller's, or initialisation's.
type Canvas struct{ icons map[string]*icon }

var canvas = NewCanvas()

var firstIcon = canvas.IconOk("first")

func NewCanvas() *Canvas { return &Canvas{icons: map[string]*icon{}} }

func PaintOn(c *Canvas, name string) *icon { return c.IconOk(name) }

func (c *Canvas) IconOk(name string) *icon {
	if i, ok := c.icons[name]; ok {
		return i
	}
	i := draw(name)
	c.icons[name] = i
	return i
}

type breed struct{ name string }

var species = map[string]*breed{}

// NewKindOk makes a kind once: who asks for one that is there is wrong, so that it is no memo.
func NewKindOk(name string) *breed {
	if _, ok := species[name]; ok {
		panic(name + " is there already")
	}
	k := &breed{name}
	species[name] = k
	return k
}

var shades = map[string]*breed{}

func NewShadeOk(name string) *breed {
	if _, ok := shades[name]; ok {
		log.Fatalf("%s is there already", name)
	}
	k := &breed{name}
	shades[name] = k
	return k
}

type parcel struct{ lines []string }

// parcels are what one call of SendOk gathers, by where they go to.
var parcels = map[int]*parcel{}

func parcelOk(to int) *parcel {
	p := parcels[to]
	if p == nil {
		p = &parcel{}
		parcels[to] = p
	}
	return p
}

// SendOk gathers, sends off, and begins anew: called twice at once it would send what the other has not finished.
func SendOk(lines map[int]string, send func(int, *parcel)) {
	for to, line := range lines {
		p := parcelOk(to)
		p.lines = append(p.lines, line)
	}
	for to, p := range parcels {
		send(to, p)
	}
	parcels = map[int]*parcel{}
}

var crates = map[int]*parcel{}

// CrateOk is the same, emptied in place.
func CrateOk(to int) *parcel {
	p := crates[to]
	if p == nil {
		p = &parcel{}
		crates[to] = p
	}
	return p
}

func ShipOk(send func(int, *parcel)) {
	for to, p := range crates {
		send(to, p)
	}
	clear(crates)
}

var boxes = map[int]*parcel{}

// BoxBad forgets all when there are too many: a memo as before.
func BoxBad(to int) *parcel {
	p := boxes[to]
	if p == nil {
		if len(boxes) > 99 {
			boxes = map[int]*parcel{}
		}
		p = &parcel{}
		boxes[to] = p // want `map boxes is written here with no lock`
	}
	return p
}
