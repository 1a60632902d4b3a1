package goal

// review puts together what was found.
func (r *reader) review() Review {
	out := Review{Lang: r.lang}
	for i, c := range Criteria {
		p := Part{Criterion: c, Present: r.has[i], Words: r.found[i]}
		out.Parts = append(out.Parts, p)
	}
	if len(r.t) == 0 {
		r.note(NothingToRead, 0, 0)
	}
	has := func(c Criterion) bool { return r.has[indexOf(c)] }
	out.Measurable = has(Behavior) && has(Level)
	out.Complete = out.Measurable && has(Timeframe) && has(Condition) && has(Measurement)
	r.borderNotes(has)
	out.Notes = r.notes
	for _, n := range r.notes {
		switch n.Concern {
		case Composite, Attendance, NamedTest, Negative:
			out.Borderline = true
		case Covert:
			out.Borderline = out.Borderline || has(Level)
		}
	}
	for i := 0; i < len(r.t) && len(out.Responsible) < 8; i++ {
		if r.at(i, cAdult) && r.t[i].in&inMeasure != 0 {
			out.Responsible = append(out.Responsible, r.spanOf(i, i+1))
		}
		if r.at(i, cSchedule) && r.t[i].in&(inTime|inCondition) == 0 && i >= r.body && len(out.Schedule) < 8 {
			out.Schedule = append(out.Schedule, r.spanOf(i, i+r.lengthOf(i, cSchedule)))
		}
	}
	for i, c := range Criteria {
		p := Piece{Criterion: c}
		if r.has[i] && len(r.found[i]) > 0 {
			p.Have = r.found[i][0].Quote
		}
		out.Skeleton = append(out.Skeleton, p)
	}
	return out
}

// borderNotes raises the concerns on which informed people differ.
func (r *reader) borderNotes(has func(Criterion) bool) {
	for i := r.body; i < len(r.t) && r.body > 0; i++ {
		if r.at(i, cAttendance) && i < r.body+6 {
			r.note(Attendance, i, i+r.lengthOf(i, cAttendance))
		}
	}
	if has(Level) && r.family&ofScore != 0 {
		for i := range r.t {
			if r.t[i].phrase&cStrongTool != 0 && r.at(i, cStrongTool) && r.t[i].capital {
				r.note(NamedTest, i, i+r.t[i].length)
			}
		}
	}
}
