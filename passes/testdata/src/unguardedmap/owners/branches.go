package owners

// EngineOk runs one loop or the other, as it is told.
type EngineOk struct{ conns map[int]int }

func (e *EngineOk) Start(shared bool) {
	if shared {
		e.startShared()
		return
	}
	e.startOwn()
}

func (e *EngineOk) startShared() { go e.shared() }
func (e *EngineOk) startOwn()    { go e.own() }
func (e *EngineOk) shared()      { e.conns[1]++ }
func (e *EngineOk) own()         { delete(e.conns, 1) }

// EngineBad runs both.
type EngineBad struct{ conns map[int]int }

func (e *EngineBad) Start(shared bool) {
	if shared {
		e.startShared()
	}
	e.startOwn()
}

func (e *EngineBad) startShared() { go e.shared() }
func (e *EngineBad) startOwn()    { go e.own() }
func (e *EngineBad) shared()      { e.conns[1]++ } // want `map EngineBad.conns is written here and deleted from at`
func (e *EngineBad) own()         { delete(e.conns, 1) }

// MoreBad can be told to run one more.
type MoreBad struct{ conns map[int]int }

func (e *MoreBad) Start(shared bool) {
	if shared {
		e.startShared()
		return
	}
	e.startOwn()
}

func (e *MoreBad) More() { e.startOwn() }

func (e *MoreBad) startShared() { go e.shared() }
func (e *MoreBad) startOwn()    { go e.own() }
func (e *MoreBad) shared()      { e.conns[1]++ } // want `map MoreBad.conns is written here and deleted from at`
func (e *MoreBad) own()         { delete(e.conns, 1) }
