package credential

import (
	"encoding/base32"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"pgregory.net/rapid"
)

func TestLogin(t *testing.T) {
	for in, want := range map[string]string{" Ana@Example.org ": "ana@example.org", "Peña": "pena", "pen\u0303a": "pena", "ＡＮＡ": "ana"} {
		if got := Login(in); got != want {
			t.Errorf("%q is looked up as %q, not %q", in, got, want)
		}
	}
	for in, want := range map[string]bool{"ana": true, "an": false, "ana maria": false, "": false, "ana/../x": false, "a\u202ena": false, "niño.1": true, strings.Repeat("a", 81): false} {
		if GoodLogin(in) != want {
			t.Errorf("%q: good is %v", in, !want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if once := Login(s); Login(once) != once && GoodLogin(s) {
			t.Fatalf("%q is %q and then %q", s, once, Login(once))
		}
	})
}

// The hashes are those of the reference: the command argon2 of its authors gave
// these for their own test words.
func TestHashKnownAnswers(t *testing.T) {
	for _, phc := range []string{
		"$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
		"$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
		"$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg",
	} {
		if right, grown := Check(phc, "password"); !right || !grown {
			t.Errorf("%s: right %v, grown %v", phc, right, grown)
		}
		if right, _ := Check(phc, "Password"); right {
			t.Errorf("%s fits another passphrase", phc)
		}
	}
}

func TestHash(t *testing.T) {
	const p = "una frase larga que nadie adivina"
	phc := Hash(p, Usual)
	if !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the hash says %s", phc)
	}
	if phc == Hash(p, Usual) {
		t.Error("two hashes of one passphrase are equal")
	}
	if right, grown := Check(phc, p); !right || grown {
		t.Errorf("right %v, grown %v", right, grown)
	}
	// Two keyboards write ñ differently.
	if right, _ := Check(Hash("cuatro pen\u0303as altas", Usual), "cuatro peñas altas"); !right {
		t.Error("the same letters in another form do not fit")
	}
	for _, bad := range []string{"", "x", nobody, strings.Replace(phc, "19456", "4000000000", 1), strings.Replace(phc, "p=1", "p=0", 1), strings.Replace(phc, "argon2id", "argon2i", 1), phc + "x", phc[:len(phc)-20], strings.Replace(phc, "t=2", "t=2000000", 1)} {
		if right, _ := Check(bad, p); right {
			t.Errorf("%q fits", bad)
		}
		if right, _ := Check(bad, ""); right {
			t.Errorf("%q fits nothing", bad)
		}
	}
}

func TestHashProperty(t *testing.T) {
	small := Cost{Memory: 8, Passes: 1, Lanes: 1}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		phc := Hash(a, small)
		if right, grown := Check(phc, a); !right || !grown {
			t.Fatalf("%q does not fit its own hash", a)
		}
		if right, _ := Check(phc, b); right && Login(a) != Login(b) {
			t.Fatalf("%q fits the hash of %q", b, a)
		}
	})
	rapid.Check(t, func(t *rapid.T) { // whatever stands in the store, nothing breaks
		s := rapid.String().Draw(t, "s")
		if _, _, _, ok := decode(s); ok {
			t.Fatalf("%q was read", s)
		}
	})
}

func TestWeak(t *testing.T) {
	for p, want := range map[string]Weakness{
		"corto":                        TooShort,
		"abcdefghijk":                  TooShort,
		"abcdefghijkl":                 Common,
		"aaaaaaaaaaaaaaaa":             Common,
		"abcabcabcabcabc":              Common,
		"Password Password 1":          Common,
		"passw0rd-passw0rd":            Common,
		"ILoveYouForever2024":          Common,
		"te quiero mucho":              Common,
		"Correct-Horse-Battery-Staple": Common,
		"123456789012":                 Common,
		"098765432109876":              Common,
		"qwertyuiopas":                 Common,
		"ana@example.org":              Own,
		"Ana Lucía Peña":               Own,
		"anaanaanaanaana1":             Own,
		"stayputstayput77":             Common,
		"lluvia sobre tejas rojas":     "",
		"nine purple bicycles":         "",
		strings.Repeat("lluvia ", 37):  TooLong,
		"ñandú que corre":              "",
	} {
		if got := Weak(p, MinWith, "ana@example.org", "Ana Lucía Peña", "stayput"); got != want {
			t.Errorf("%q is %q, not %q", p, got, want)
		}
	}
	if Weak("fourteen signs", MinAlone) != TooShort || Weak("fourteen signs", MinWith) != "" {
		t.Error("the minimum is not what is asked")
	}
	// No letter, digit or sign is demanded: any random words of enough length do.
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.StringMatching(`[a-z]{16}`).Draw(t, "p")
		if w := Weak(p, MinAlone); w != "" && !repeats(fold(p)) && !runs(fold(p)) {
			t.Fatalf("%q is %q", p, w)
		}
	})
}

// RFC 6238, appendix B, SHA-1, of whose eight digits we ask the last six.
func TestCodeKnownAnswers(t *testing.T) {
	secret := base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))
	for at, want := range map[int64]string{59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130"} {
		got, err := hotp.GenerateCodeCustom(secret, uint64(at/30), hotp.ValidateOpts{Digits: otp.DigitsEight, Algorithm: otp.AlgorithmSHA1})
		if err != nil || got != want {
			t.Errorf("at %d the code is %s (%v), not %s", at, got, err, want)
		}
		now := time.Unix(at, 0)
		if Code(secret, now) != want[2:] {
			t.Errorf("at %d our code is %s", at, Code(secret, now))
		}
		if step, right := CheckCode(secret, want[2:5]+" "+want[5:], now, 0); !right || step != at/30 {
			t.Errorf("at %d the code is not taken", at)
		}
	}
}

// A step works once, whatever came before and in whatever order.
func TestCodeWorksOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := NewSecret()
		var last int64
		used := map[int64]bool{}
		now := time.Unix(rapid.Int64Range(1e9, 2e9).Draw(t, "now"), 0)
		for range 20 {
			now = now.Add(time.Duration(rapid.IntRange(0, 45).Draw(t, "wait")) * time.Second)
			code := Code(secret, now.Add(time.Duration(rapid.IntRange(-90, 90).Draw(t, "off"))*time.Second))
			step, right := CheckCode(secret, code, now, last)
			if !right {
				continue
			}
			if used[step] || step <= last {
				t.Fatalf("step %d was used twice", step)
			}
			if step < Step(now)-1 || step > Step(now)+1 {
				t.Fatalf("step %d at %d is too far", step, Step(now))
			}
			used[step], last = true, step
		}
	})
	now := time.Unix(1_700_000_000, 0)
	if _, right := CheckCode("", Code(noSecret, now), now, 0); right {
		t.Error("without a secret a code is right")
	}
	for _, c := range []string{"", "1", "abcdef", "0000000", strings.Repeat("1", 1e5)} {
		if _, right := CheckCode(NewSecret(), c, now, 0); right && len(c) != 6 {
			t.Errorf("%.10q is right", c)
		}
	}
}

func TestAddress(t *testing.T) {
	a := Address("ABC", "ana@example.org", "Stayput at home")
	if a != "otpauth://totp/Stayput%20at%20home:ana@example.org?algorithm=SHA1&digits=6&issuer=Stayput%20at%20home&period=30&secret=ABC" {
		t.Errorf("the address is %s", a)
	}
	if !GoodSecret(NewSecret()) || GoodSecret("") || GoodSecret("ABC") {
		t.Error("a secret is not told from something else")
	}
}

// Each code works once, and only as it was made.
func TestRecoveryCodes(t *testing.T) {
	codes, kept := NewCodes()
	if len(codes) != Codes || len(kept) != Codes {
		t.Fatalf("there are %d codes", len(codes))
	}
	for _, k := range kept {
		for _, c := range codes {
			if strings.Contains(k, c) {
				t.Error("a code is kept as it is")
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		left := slices.Clone(kept)
		used := map[int]bool{}
		for range 15 {
			i := rapid.IntRange(0, Codes-1).Draw(t, "i")
			c := codes[i]
			if rapid.Bool().Draw(t, "typed") {
				c = " " + strings.ToUpper(strings.ReplaceAll(c, "-", " "))
			}
			now, right := UseCode(left, c)
			if right == used[i] {
				t.Fatalf("code %d: right %v, used %v", i, right, used[i])
			}
			if right && len(now) != len(left)-1 {
				t.Fatalf("%d codes are left of %d", len(now), len(left))
			}
			left, used[i] = now, true
		}
		wrong := rapid.String().Draw(t, "wrong")
		if _, right := UseCode(kept, wrong); right {
			t.Fatalf("%q is right", wrong)
		}
	})
	if _, right := UseCode([]string{keptCode("")}, ""); right {
		t.Error("nothing is a code")
	}
}

// Strangers get slow; the device that is known does not.
func TestThrottle(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	x := NewThrottle(10_000)
	looked := 0
	for i := range 24 * 3600 { // one guess a second, each from another network, for a day
		g := Guess{Login: "ana", Address: fmt.Sprintf("10.%d.%d.%d", i>>16, i>>8&255, i&255)}
		if x.Begin(g, now.Add(time.Duration(i)*time.Second)) == 0 {
			looked++
		}
	}
	if looked > 2000 {
		t.Errorf("strangers made %d guesses in a day", looked)
	}
	at := now.Add(24 * time.Hour)
	if w := x.Begin(Guess{Login: "ana", Address: "192.0.2.1"}, at); w > time.Minute {
		t.Errorf("an unknown device waits %s", w)
	}
	if w := x.Begin(Guess{Login: "ana", Address: "192.0.2.1", Device: "hers"}, at); w != 0 {
		t.Errorf("her own device waits %s", w)
	}
	if w := x.Begin(Guess{Login: "ana", Address: "192.0.2.9", Recovery: true}, at); w != 0 {
		t.Errorf("her recovery code waits %s", w)
	}

	x, looked = NewThrottle(10_000), 0
	for i := range 24 * 3600 { // one address guesses many accounts
		if x.Begin(Guess{Login: fmt.Sprint("a", i), Address: "2001:db8::" + fmt.Sprintf("%x", i%60000)}, now.Add(time.Duration(i)*time.Second)) == 0 {
			looked++
		}
	}
	if looked > 200 {
		t.Errorf("one network made %d guesses in a day", looked)
	}

	x, looked = NewThrottle(10_000), 0
	for i := range 3600 { // a device that was stolen guesses too
		if x.Begin(Guess{Login: "ana", Device: "stolen"}, now.Add(time.Duration(i)*time.Second)) == 0 {
			looked++
		}
	}
	if looked > 100 {
		t.Errorf("a stolen device made %d guesses in an hour", looked)
	}
	if len(x.count) > 1 {
		t.Errorf("a device counts under %d names", len(x.count))
	}
}

// Signing in to an account of one's own between guesses does not make them free.
func TestThrottleIsNotWashed(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	x := NewThrottle(100)
	looked := 0
	for i := range 1000 {
		at := now.Add(time.Duration(i) * time.Second)
		if x.Begin(Guess{Login: "ana", Address: "192.0.2.1"}, at) == 0 {
			looked++
		}
		own := Guess{Login: "eve", Address: "192.0.2.1"}
		if x.Begin(own, at) == 0 {
			x.Right(own)
		}
	}
	if looked > 40 {
		t.Errorf("with an account of his own he made %d guesses", looked)
	}
}

// Many names take no more room than allowed, and do not wash out who waits longest.
func TestThrottleRoom(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	x := NewThrottle(500)
	for range 40 {
		x.Begin(Guess{Login: "ana", Address: "192.0.2.1"}, now)
		now = now.Add(time.Minute)
	}
	for i := range 5000 {
		x.Begin(Guess{Login: fmt.Sprint("x", i), Address: fmt.Sprintf("10.0.%d.%d", i>>8, i&255)}, now)
	}
	if len(x.count) > 502 {
		t.Errorf("%d names are kept", len(x.count))
	}
	most := x.Marks(Guess{Login: "ana", Address: "192.0.2.1", Recovery: true}) // of the address alone
	if len(most) != 1 || most[0].N < 10 {
		t.Errorf("the one who guessed most is forgotten: %+v", most)
	}
}

// Counts that were kept go on where they were; odd ones keep nobody waiting.
func TestThrottleKept(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	g := Guess{Login: "ana@example.org", Address: "192.0.2.1"}
	x := NewThrottle(500)
	for range 14 {
		x.Begin(g, now)
		now = now.Add(20 * time.Second)
	}
	want := x.Begin(g, now)
	for want == 0 {
		want = x.Begin(g, now)
	}
	marks := x.Marks(g)
	for _, m := range marks {
		if strings.Contains(m.Name, "ana") || strings.Contains(m.Name, "192") {
			t.Errorf("a name holds what was typed: %s", m.Name)
		}
	}
	y := NewThrottle(500)
	y.Load(marks, now)
	if got := y.Begin(g, now); got != want || want < time.Second {
		t.Errorf("after the restart the wait is %s, before %s", got, want)
	}
	y.Load([]Mark{{Name: marks[0].Name, N: 1}}, now) // what is there stays
	if got := y.Begin(g, now); got != want {
		t.Errorf("loading twice makes the wait %s", got)
	}
	z := NewThrottle(500)
	future := make([]Mark, len(marks))
	for i, m := range marks {
		future[i] = Mark{m.Name, 1_000_000, now.AddDate(10, 0, 0)}
	}
	z.Load(append(future, Mark{"", 9, now}, Mark{"nonsense", 9, now}, Mark{"device-x", -9, now}), now)
	if got := z.Begin(g, now); got > 15*time.Minute {
		t.Errorf("counts from the future make the wait %s", got)
	}
	if len(z.count) != len(marks) {
		t.Errorf("%d names were taken up", len(z.count))
	}
	// The clock set back by years does not keep her waiting longer than the longest.
	x.Begin(g, now.AddDate(-5, 0, 0))
	if got := x.Begin(g, now.Add(time.Hour)); got > 0 {
		t.Errorf("an hour later the wait is %s", got)
	}
}

func BenchmarkHash(b *testing.B) {
	for b.Loop() {
		Check(nobody, "una frase larga")
	}
}
