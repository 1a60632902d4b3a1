package delivery

import "strconv"

// Minutes is an amount of time, in parts of a minute. A minute has as many parts
// as make a fifth, a sixth, a twentieth and a 180th of it whole, so that no
// convention of this package rounds.
type Minutes int64

// Minute is one minute.
const Minute Minutes = 2520

// Of is n minutes.
func Of(n int) Minutes { return Minutes(n) * Minute }

// Whole is the nearest number of whole minutes; a half goes up.
func (m Minutes) Whole() int {
	if m < 0 {
		return -(-m).Whole()
	}
	return int((m + Minute/2) / Minute)
}

// Hundredths is the nearest number of hundredths of a minute.
func (m Minutes) Hundredths() int64 {
	if m < 0 {
		return -(-m).Hundredths()
	}
	return (int64(m)*100 + int64(Minute)/2) / int64(Minute)
}

// String is the minutes with at most two decimals: 30, 20.83.
func (m Minutes) String() string {
	h := m.Hundredths()
	sign := ""
	if h < 0 {
		sign, h = "-", -h
	}
	s := sign + strconv.FormatInt(h/100, 10)
	if h%100 == 0 {
		return s
	}
	d := strconv.FormatInt(100+h%100, 10)[1:]
	if d[1] == '0' {
		d = d[:1]
	}
	return s + "." + d
}

// PerMille is how many thousandths of whole m is, rounded down; 0 when there is
// no whole.
func (m Minutes) PerMille(whole Minutes) int {
	if whole <= 0 || m <= 0 {
		return 0
	}
	return int(int64(m) * 1000 / int64(whole))
}
