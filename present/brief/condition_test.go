package brief

import (
	"testing"

	"stayput/fact"
	"stayput/law/rule"
	"stayput/locale"
)

func TestSay(t *testing.T) {
	en, _ := locale.For("en")
	es, _ := locale.For("es")
	c := rule.All{
		rule.EntryWord{Name: "filed_by", Want: "parent"},
		rule.EntryTri{Name: "expedited", Want: fact.No},
		rule.Any{rule.DaysToYearEnd{AtMost: 10, AtLeast: -1}, rule.Not{Of: rule.Has{Kind: fact.MustLookup("services_started")}}},
		rule.Month{In: 1<<7 | 1<<8},
		rule.EntryWord{Name: "by", Want: "sea"},
	}
	for _, x := range []struct {
		c    *locale.Catalog
		want string
	}{
		{en, "the family filed it, the case is not an expedited one, 10 days or fewer are left in the school year or it is not so that the record holds the start of services, it happens in July and August and it was done by the State"},
		{es, "la presentó la familia, el caso no es acelerado, quedan 10 días o menos del año escolar o no es cierto que en el registro está el inicio de los servicios, sucede en julio y agosto y lo hizo el estado"},
	} {
		if got := Say(x.c, c.Say()); got != x.want {
			t.Errorf("got  %s\nwant %s", got, x.want)
		}
	}
	if got := Say(en, rule.Saying{Key: "cond_new"}); got != en.T("cond_other") {
		t.Error(got)
	}
}
