package unit

import (
	"bytes"
	"compress/flate"
	"encoding"
	"encoding/binary"
	"errors"
	"fmt"
	"go/types"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A file of facts holds those about the functions of one package, those about its types and methods, and those about types and methods of the packages below it,
// which importers may come by without importing these packages. Each part is
//
//	name of the package, with a dot if it is about types and methods; length; compressed { name, length, fact }…
//
// A part is read when something of its package is asked for, and a fact is decoded when it is: most never are. Parts about other packages are copied as
// they are.

// factSet is the facts that the package imports and makes.
type factSet struct {
	parts map[string]*part
	made  map[string][]byte
}

type part struct {
	packed []byte
	facts  map[string][]byte // by name; nil until it is asked for
}

var errFacts = errors.New("corrupt file of facts")

// readFacts reads the files of facts of the imports.
func readFacts(files map[string]string) (*factSet, error) {
	set := &factSet{parts: map[string]*part{}, made: map[string][]byte{}}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		data, err := os.ReadFile(files[path])
		if err != nil {
			return nil, err
		}
		if err := set.file(path, data); err != nil {
			return nil, fmt.Errorf("facts of %s: %w", path, err)
		}
	}
	return set, nil
}

func (set *factSet) file(path string, data []byte) error {
	for len(data) > 0 {
		about, rest, ok := cut(data)
		if !ok {
			return errFacts
		}
		body, rest, ok := cut(rest)
		if !ok {
			return errFacts
		}
		data = rest
		name := string(about)
		// It is the same from all imports; should it not be, the package itself knows best.
		if set.parts[name] == nil || name == path+"." {
			set.parts[name] = &part{packed: body}
		}
	}
	return nil
}

// cut takes a string and its length off data.
func cut(data []byte) (head, rest []byte, ok bool) {
	n, size := binary.Uvarint(data)
	if size <= 0 || n > uint64(len(data)-size) {
		return nil, nil, false
	}
	data = data[size:]
	return data[:n], data[n:], true
}

func appendText[T string | []byte](data []byte, text T) []byte {
	return append(binary.AppendUvarint(data, uint64(len(text))), text...)
}

// get returns a fact of the part. What can't be read holds none: all parts were written by this program.
func (p *part) get(name string) []byte {
	if p.facts == nil {
		p.facts = map[string][]byte{}
		data, err := io.ReadAll(flate.NewReader(bytes.NewReader(p.packed)))
		for err == nil && len(data) > 0 {
			name, rest, ok := cut(data)
			if !ok {
				break
			}
			fact, rest, ok := cut(rest)
			if !ok {
				break
			}
			p.facts[string(name)], data = fact, rest
		}
	}
	return p.facts[name]
}

// names returns the part that facts about obj are in, and what it is called there: "F", "T.M" for a method, or "T." for a type.
func names(obj types.Object) (part, name string) {
	if t, ok := obj.(*types.TypeName); ok {
		return t.Pkg().Path() + ".", t.Name() + "."
	}
	fn, ok := obj.(*types.Func)
	if !ok {
		return "", ""
	}
	recv := fn.Signature().Recv()
	if recv == nil {
		return fn.Pkg().Path(), fn.Name()
	}
	t := types.Unalias(recv.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		return fn.Pkg().Path() + ".", named.Obj().Name() + "." + fn.Name()
	}
	return "", ""
}

func (set *factSet) read(obj types.Object, fact analysis.Fact) bool {
	if obj.Pkg() == nil {
		return false
	}
	part, name := names(obj)
	p := set.parts[part]
	if p == nil {
		return false
	}
	data := p.get(name)
	return data != nil && fact.(encoding.BinaryUnmarshaler).UnmarshalBinary(data) == nil
}

func (set *factSet) add(obj types.Object, fact analysis.Fact) {
	data, err := fact.(encoding.BinaryMarshaler).MarshalBinary()
	if err != nil {
		panic(err)
	}
	_, name := names(obj)
	if name == "" {
		panic(fmt.Sprintf("a fact about %v: only functions and types have some", obj))
	}
	set.made[name] = data
}

// writeFacts writes the facts of the package, and those of the methods that its importers can reach through it.
func (p *pkg) writeFacts() error {
	out, err := p.facts.own(p.cfg.ImportPath)
	if err != nil {
		return err
	}
	for _, name := range p.facts.below(p.reached(), p.cfg.ImportPath) {
		out = appendText(appendText(out, name), p.facts.parts[name].packed)
	}
	return os.WriteFile(p.cfg.VetxOutput, out, 0o666)
}

// own returns the parts about the package itself.
func (set *factSet) own(path string) ([]byte, error) {
	if len(set.made) == 0 {
		return nil, nil
	}
	var funcs, methods []byte
	for _, name := range slices.Sorted(maps.Keys(set.made)) {
		to := &funcs
		if strings.Contains(name, ".") {
			to = &methods
		}
		*to = appendText(appendText(*to, name), set.made[name])
	}
	w, err := flate.NewWriter(nil, flate.BestSpeed) // for both: it takes more memory than most facts
	if err != nil {
		return nil, err
	}
	var out []byte
	for _, p := range []struct {
		name string
		body []byte
	}{{path, funcs}, {path + ".", methods}} {
		if len(p.body) == 0 {
			continue
		}
		packed, err := pack(w, p.body)
		if err != nil {
			return nil, err
		}
		out = appendText(appendText(out, p.name), packed)
	}
	return out, nil
}

func pack(w *flate.Writer, data []byte) ([]byte, error) {
	var out bytes.Buffer
	w.Reset(&out)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
