package lockbalance

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestLearn: what is, takes the place of all that was known of the name; what is not, stands beside it; and the hash is that of the facts.
func TestLearn(t *testing.T) {
	is := func(name, val string) fact { return fact{name: name, val: val, is: true} }
	not := func(name, val string) fact { return fact{name: name, val: val} }
	none := start(nil)
	w := none.learn(not("b", "1")).learn(not("b", "2")).learn(is("a", "x")).learn(not("c", "nil"))
	texts := func(w *world) (out []string) {
		for _, f := range w.facts {
			out = append(out, fmt.Sprint(f.name, f.val, f.is))
		}
		return out
	}
	assert.Equal(t, []string{"axtrue", "b1false", "b2false", "cnilfalse"}, texts(w))
	b := w.learn(is("b", "2"))
	assert.Equal(t, []string{"axtrue", "b2true", "cnilfalse"}, texts(b))
	assert.Equal(t, none.learn(not("c", "nil")).learn(is("b", "2")).learn(is("a", "x")).id, b.id)
	assert.Equal(t, []string{"axtrue", "b1false", "b2false", "cnilfalse"}, texts(w), "worlds are not changed")
	assert.Same(t, b, b.learn(is("b", "2")), "what is known takes no memory")
	assert.Same(t, w, w.learn(not("b", "1")))
	assert.Equal(t, []string{"axtrue", "b3true", "cnilfalse"}, texts(b.learn(is("b", "3"))))
}

// TestWorldsOnce: what two paths lead to is one world, and takes memory once. Who was asked tells worlds apart only where something rests on it.
func TestWorldsOnce(t *testing.T) {
	none := start(nil)
	a, b := fact{name: "a", val: "x", is: true}, fact{name: "b", val: "y"}
	lock := hold{key: "p0.mu", w: 1}
	w := none.learn(a).learn(b).with(lock)
	assert.Same(t, w, none.with(lock).learn(b).learn(a))
	assert.Same(t, w, w.with(hold{key: "p0.other", r: 1}).without(func(h hold) bool { return h.key == "p0.other" }))
	assert.Same(t, none.with(lock).learn(b), w.forget(func(f *known) bool { return f.name == "a" }))
	asked := none.learn(fact{name: "a", val: "x", is: true, asked: "v:t1;"})
	assert.NotSame(t, none.learn(a), asked)
	assert.Equal(t, none.learn(a).id, asked.id)
	assert.Zero(t, testing.AllocsPerRun(10, func() { none.learn(a).learn(b).with(lock) }))
}

// TestUnique: it keeps the order, and returns what it got if nothing comes twice, for few worlds and for many.
func TestUnique(t *testing.T) {
	w, none := &walker{}, start(nil)
	for _, n := range []int{2, few, few + 1, 3 * few} {
		var ws []*world
		for i := range n {
			ws = append(ws, none.learn(fact{name: fmt.Sprint(i)}))
		}
		got := w.unique(ws)
		assert.Equal(t, ws, got)
		assert.Same(t, &ws[0], &got[0])
		assert.Equal(t, ws, w.unique(append(append([]*world{}, ws...), ws...)))
	}
}
