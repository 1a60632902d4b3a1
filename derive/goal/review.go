package goal

import "unicode/utf8"

// A Criterion is one of the six questions asked of each goal.
type Criterion string

const (
	Timeframe   Criterion = "timeframe"           // by when
	Condition   Criterion = "condition"           // where, with what, with what help
	Behavior    Criterion = "behavior_observable" // an act another person can see or hear
	Level       Criterion = "criterion"           // how much, in a unit one can count
	Measurement Criterion = "measurement"         // the record or tool, or who keeps it
	Baseline    Criterion = "baseline_linked"     // where the child is now, in the same unit
)

// Criteria are the six, in the order in which they are shown.
var Criteria = []Criterion{Timeframe, Condition, Behavior, Level, Measurement, Baseline}

// A Span is a stretch of a text: in bytes and in characters, with its words.
type Span struct {
	Start    int    `json:"start"`
	End      int    `json:"end"`
	FromRune int    `json:"from_rune"`
	ToRune   int    `json:"to_rune"`
	Quote    string `json:"quote"`
	InField  bool   `json:"in_baseline_field,omitempty"` // of the baseline field, not the goal
}

// A Part is the answer to one question.
type Part struct {
	Criterion Criterion `json:"criterion"`
	Present   bool      `json:"present"`
	Words     []Span    `json:"words,omitempty"` // what shows it, or what stands in its place
}

// A Concern names something that a careful reader would ask about.
type Concern string

const (
	Covert        Concern = "covert"          // knowing, feeling: nobody can see it
	Vague         Concern = "vague"           // improve, be responsible
	Adult         Concern = "adult"           // what adults will do
	Service       Concern = "service"         // a service, not a skill
	Composite     Concern = "composite"       // grades, credits
	Attendance    Concern = "attendance"      // being there is rarely a skill
	Negative      Concern = "negative"        // what not to do, without what to do
	BarePercent   Concern = "bare_percent"    // a percentage of nothing
	FromCurrent   Concern = "from_current"    // "from current levels"
	GradeLevel    Concern = "grade_level"     // a grade or an age as the level
	Several       Concern = "several"         // more than one level in one goal
	AfterSchool   Concern = "after_school"    // a goal for after high school
	NamedTest     Concern = "named_test"      // a score on a test given once or twice a year
	NothingToRead Concern = "nothing_to_read" // no words at all
)

// A Note is a concern and the words that raise it.
type Note struct {
	Concern Concern `json:"concern"`
	Words   []Span  `json:"words,omitempty"`
}

// A Piece is one part of the frame for writing the goal again: the words there
// are, or none, which is a blank to fill.
type Piece struct {
	Criterion Criterion `json:"criterion"`
	Have      string    `json:"have,omitempty"`
}

// A Review is what was found in one goal.
type Review struct {
	Lang        string  `json:"lang"` // of most of its words
	Parts       []Part  `json:"parts"`
	Measurable  bool    `json:"measurable"` // two strangers would agree whether it was met
	Complete    bool    `json:"complete"`
	Borderline  bool    `json:"borderline"` // informed people differ
	Notes       []Note  `json:"notes,omitempty"`
	Schedule    []Span  `json:"schedule,omitempty"`    // how often it is measured
	Responsible []Span  `json:"responsible,omitempty"` // roles that are named
	Skeleton    []Piece `json:"skeleton"`
}

// Has reports whether a part is present.
func (r Review) Has(c Criterion) bool {
	for _, p := range r.Parts {
		if p.Criterion == c {
			return p.Present
		}
	}
	return false
}

// Missing lists the parts that are not there.
func (r Review) Missing() []Criterion {
	var out []Criterion
	for _, p := range r.Parts {
		if !p.Present {
			out = append(out, p.Criterion)
		}
	}
	return out
}

// Noted reports whether a concern was raised.
func (r Review) Noted(c Concern) bool {
	for _, n := range r.Notes {
		if n.Concern == c {
			return true
		}
	}
	return false
}

// Read reviews one goal. Baseline is the text of the separate baseline field,
// if there is one. Lang is "en" or "es"; empty, it is found from the words.
func Read(text, baseline, lang string) Review {
	w := vocabulary()
	r := newReader(w, text, lang)
	r.markBaseline()
	r.markTime()
	r.markMeasures()
	r.findHeads()
	r.weighBehavior()
	r.markConditions()
	r.weighLevel()
	r.weighMeasurement()
	r.weighBaseline(w, baseline)
	return r.review()
}

// spanOf makes a span of tokens i to j, j not included.
func (r *reader) spanOf(i, j int) Span {
	a, b := r.t[i].start, r.t[j-1].end
	// The characters before are counted from the last span asked for, because
	// most are asked for in order.
	if a < r.seenByte {
		r.seenByte, r.seenRune = 0, 0
	}
	r.seenRune += utf8.RuneCountInString(r.text[r.seenByte:a])
	r.seenByte = a
	q := r.text[a:b]
	return Span{Start: a, End: b, FromRune: r.seenRune, ToRune: r.seenRune + utf8.RuneCountInString(q), Quote: q}
}
