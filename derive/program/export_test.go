package program

// MovesOfTheTable are all moves the table knows, with the keys of their reasons.
func MovesOfTheTable() (out []Move) {
	for _, byState := range steps {
		for _, rows := range byState {
			for _, x := range rows {
				out = append(out, Move{Do: x.do, For: x.side, Document: x.doc, Reason: Reason{Key: x.why}, Warn: x.warn})
			}
		}
	}
	return out
}
