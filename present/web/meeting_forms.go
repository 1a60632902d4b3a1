package web

import (
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/meeting"
	"stayput/desk"
	"stayput/fact"
	"stayput/plan"
)

// How long the texts of a meeting may be, in letters.
const (
	mostOfTopic    = 300
	mostOfDecision = 1000
	mostNames      = 20
)

// A meetingForm is one thing that can be written down about a meeting.
type meetingForm struct {
	Do, Title, Lead, Button string
	Name                    string // of the entry to be
	Action                  string
	Open                    bool
	Fields                  []Field
	Hidden                  []Hidden
}

// A meetingMaker makes the forms of a page; the one that was sent and not taken stands
// open with what was typed.
type meetingMaker struct {
	p      Frame
	c      *desk.Case
	m      *meeting.Meeting // nil on the list
	f      *Form
	bad    wrong
	sent   string
	action string
	errs   []Field
}

func (k *meetingMaker) form(do string, fields ...Field) *meetingForm {
	out := &meetingForm{Do: do, Title: k.p.T(forSide(k.p, k.c, "webmeeting.do_"+do)), Button: k.p.T("webmeeting.button_" + do), Name: desk.NewName(), Action: k.action, Open: do == k.sent}
	if key := forSide(k.p, k.c, "webmeeting.lead_"+do); k.p.cat.Has(key) {
		out.Lead = k.p.T(key)
	}
	if do == k.sent {
		out.Name = k.f.Text("name", 20)
	}
	for i := range fields {
		x := &fields[i]
		if x.Name = do + "_" + x.Name; do == k.sent {
			if key := k.bad[x.Name]; key != "" {
				x.Error = k.p.T(key)
				k.errs = append(k.errs, *x)
			}
			if len(x.Options) > 0 {
				for j := range x.Options {
					x.Options[j].On = slices.Contains(k.f.All(x.Name), x.Options[j].Value)
				}
			} else {
				x.Value, _ = k.f.Words(x.Name, mostWords)
			}
		}
	}
	out.Fields = fields
	return out
}

// field is a question; its label is webmeeting.f_NAME unless label says otherwise.
func (k *meetingMaker) field(name, kind, value string) Field {
	x := Field{Name: name, Label: k.p.T(forSide(k.p, k.c, "webmeeting.f_"+name)), Kind: kind, Value: value}
	if key := "webmeeting.f_" + name + "_hint"; k.p.cat.Has(key) {
		x.Hint = k.p.T(key)
	}
	switch kind {
	case "textarea":
		x.Rows = 4
	case "text":
		x.Max = 200
	}
	return x
}

func (k *meetingMaker) must(x Field) Field { x.Required = true; return x }

func (k *meetingMaker) called(x Field, key string) Field { x.Label = k.p.T(key); return x }

// choice is a question with the answers of a list, each called webmeeting.PREFIX_WORD.
func (k *meetingMaker) choice(name, kind, prefix string, words []string, on ...string) Field {
	x := k.field(name, kind, "")
	for _, w := range words {
		key := w
		if key == "" {
			key = "unsaid"
		}
		x.Options = append(x.Options, Option{Value: w, Label: first(k.p.T(prefix + key)), On: slices.Contains(on, w)})
	}
	return x
}

// roles asks who somebody is.
func (k *meetingMaker) roles(name string, roles []plan.Role) Field {
	x := k.field(name, "select", "")
	for _, r := range roles {
		x.Options = append(x.Options, Option{Value: string(r), Label: first(k.p.speak().seatRole(r))})
	}
	x.Required = true
	return x
}

func (k *meetingMaker) on(d day.Date) Field { return k.must(k.field("on", "date", d.String())) }

// keeperOf is the side that keeps the record, as a party.
func keeperOf(c *desk.Case) string {
	if c.File.Case.Side == fact.SchoolSide {
		return string(fact.LEA)
	}
	return string(fact.Parent)
}

// listForms are the forms of the list: ask for a meeting, a day is set, it was held.
func (k *meetingMaker) listForms(res *meeting.Result) []*meetingForm {
	re := k.field("re", "select", "")
	re.Options = []Option{{Value: "", Label: k.p.T("webmeeting.re_none"), On: true}}
	for i := range res.Meetings {
		if m := &res.Meetings[i]; m.State == meeting.Asked {
			re.Options = append(re.Options, Option{Value: k.c.Name(m.Entry.ID), Label: k.p.T("webmeeting.re_asked", "kind", k.p.speak().meetingTitle(m), "date", k.p.cat.When(m.Entry.On))})
		}
	}
	set := []Field{k.must(k.field("day", "date", "")), k.field("start", "time", ""), k.field("end", "time", "")}
	if len(re.Options) > 1 {
		set = append(set, re)
	}
	set = append(set, k.field("place", "text", ""))
	return []*meetingForm{
		k.form("set", set...),
		k.form("ask", k.choice("sort", "radio", "webmeeting.sort_", []string{"iep", "facilitated", "disagreement"}, "iep"), k.choice("how", "radio", "webmeeting.how_", []string{"written", "spoken"}, "written"), k.on(k.c.Today), k.field("why", "textarea", "")),
		k.form("held", k.choice("sort", "radio", "webmeeting.sort_", []string{"iep", "disagreement"}, "iep"), k.on(k.c.Today), k.field("there", "textarea", "")),
	}
}

// One meeting's forms, by what they write.
func (k *meetingMaker) topic() *meetingForm {
	return k.form("topic", k.must(k.called(k.field("text", "text", ""), "webmeeting.f_own_topic")))
}

func (k *meetingMaker) agenda(topics []meeting.Topic) *meetingForm {
	var lines []string
	for _, t := range topics {
		lines = append(lines, t.Text)
	}
	list := k.must(k.field("topics", "textarea", strings.Join(lines, "\n")))
	list.Rows = max(4, len(lines)+1)
	return k.form("agenda", list, k.on(k.c.Today), k.field("to", "text", ""))
}

func (k *meetingMaker) concerns(draft string) *meetingForm {
	words := k.must(k.field("words", "textarea", draft))
	words.Rows = max(6, min(16, strings.Count(draft, "\n")+3))
	if k.c.File.Case.Side == fact.SchoolSide {
		words.Label = k.p.T("webmeeting.f_their_words")
	}
	return k.form("concerns", words, k.on(k.c.Today))
}

// meetingRoles are the members whom the form about who comes asks for by name.
var meetingRoles = []plan.Role{"parent", "general_education_teacher", "special_education_teacher", "lea_representative", "interprets_evaluation", "student", "agency"}

func (k *meetingMaker) expect() *meetingForm {
	var fields []Field
	for _, r := range meetingRoles {
		x := k.field("role_"+string(r), "text", "")
		x.Label = first(k.p.speak().seatRole(r))
		fields = append(fields, x)
	}
	return k.form("expect", append(fields, k.field("others", "textarea", ""))...)
}

// excusedRoles are the members whom the law lets stay away.
var excusedRoles = []plan.Role{"general_education_teacher", "special_education_teacher", "lea_representative", "interprets_evaluation"}

func (k *meetingMaker) excuse() *meetingForm {
	return k.form("excuse", k.must(k.field("member", "text", "")), k.roles("role", excusedRoles), k.field("area", "text", ""),
		k.must(k.choice("discussed", "radio", "webmeeting.say_", []string{"yes", "no", ""})), k.on(k.c.Today))
}

// whichExcusal asks which member a form is about.
func (k *meetingMaker) whichExcusal(open bool) (Field, bool) {
	x := k.must(k.field("which", "select", ""))
	for i := range k.m.Excusals {
		o := &k.m.Excusals[i]
		e := o.Asked
		if e == nil {
			e = o.Answer
		}
		if open && o.Answer != nil {
			continue
		}
		x.Options = append(x.Options, Option{Value: k.c.Name(e.ID), Label: k.p.speak().people([]meeting.Named{o.Member}), On: len(x.Options) == 0})
	}
	return x, len(x.Options) > 0
}

func (k *meetingMaker) excused() *meetingForm {
	which, any := k.whichExcusal(true)
	if !any {
		return nil
	}
	return k.form("excused", which, k.must(k.choice("answer", "radio", "webmeeting.answer_", []string{"agreed", "refused"})), k.must(k.choice("written", "radio", "webmeeting.written_", []string{"yes", "no"}, "yes")), k.on(k.c.Today))
}

func (k *meetingMaker) input() *meetingForm {
	which, any := k.whichExcusal(false)
	if !any {
		return nil
	}
	return k.form("input", which, k.on(k.c.Today))
}

func (k *meetingMaker) notice() *meetingForm {
	return k.form("notice", k.on(k.c.Today), k.choice("content", "checkbox", "webmeeting.content_", meeting.Contents()), k.field("there", "textarea", ""))
}

func (k *meetingMaker) interpreter() *meetingForm {
	return k.form("interpreter", k.must(k.field("language", "text", "")), k.on(k.c.Today))
}

func (k *meetingMaker) recording() *meetingForm {
	return k.form("recording", k.choice("who", "radio", "webmeeting.who_", []string{"parent", "lea"}, keeperOf(k.c)), k.on(k.c.Today), k.field("at", "time", ""))
}

func (k *meetingMaker) invite() *meetingForm {
	return k.form("invite", k.on(k.c.Today), k.field("offered", "date", ""))
}

// talkShared are the words for what is shared in a talk before a meeting.
var talkShared = []string{"assessment_summary", "draft_goals", "draft_services", "progress_data"}

func (k *meetingMaker) talk() *meetingForm {
	return k.form("talk", k.on(k.c.Today), k.choice("shared", "checkbox", "webmeeting.shared_", talkShared), k.field("with", "text", ""), k.field("heard", "textarea", ""))
}

func (k *meetingMaker) prepare() *meetingForm {
	fields := []Field{k.choice("side", "radio", "webmeeting.side_", []string{"parent", "lea"}, keeperOf(k.c)),
		k.choice("done", "checkbox", "webmeeting.step_", []string{meeting.ReadRecord, meeting.FrameAgreed}),
		k.field("worry", "textarea", ""), k.field("solutions", "textarea", ""), k.field("limits", "textarea", "")}
	if k.p.speak().mayWall(k.c, fact.Author) {
		fields = append(fields, k.choice("private", "radio", "webmeeting.private_", []string{"yes", "no"}, "yes"))
	}
	return k.form("prepare", fields...)
}

func (k *meetingMaker) facilitator() *meetingForm {
	return k.form("facilitator", k.must(k.field("facilitator", "text", "")), k.on(k.c.Today))
}

func (k *meetingMaker) neutral() *meetingForm { return k.form("neutral", k.on(k.c.Today)) }

func (k *meetingMaker) move() *meetingForm {
	return k.form("move", k.must(k.field("day", "date", "")), k.field("start", "time", ""), k.field("end", "time", ""))
}

func (k *meetingMaker) held() *meetingForm {
	on := k.c.Today
	if !k.m.On.IsZero() {
		on = min(on, k.m.On.Earliest)
	}
	fields := []Field{k.on(on), k.field("start", "time", ""), k.field("end", "time", ""), k.field("there", "textarea", "")}
	if k.m.Facility.Facilitated() {
		fields = append(fields, k.choice("outcome", "radio", "webmeeting.outcome_", []string{"agreed", "partly", "not", ""}, ""))
	}
	return k.form("held", fields...)
}

func (k *meetingMaker) there() *meetingForm {
	return k.form("there", k.must(k.choice("came", "radio", "webmeeting.came_", []string{"yes", "no"})))
}

func (k *meetingMaker) summary(draft string) *meetingForm {
	words := k.must(k.field("words", "textarea", draft))
	words.Rows = max(6, min(18, strings.Count(draft, "\n")+3))
	return k.form("summary", words, k.on(k.c.Today), k.field("to", "text", ""))
}
