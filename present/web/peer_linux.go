package web

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strconv"
)

// sameUser reports whether the program at the other end of a connection of this
// machine belongs to the user this one runs as. Who sees a one-time link in the
// list of processes, where any user can read it, can so do nothing with it. When
// the system does not say, the link alone decides.
func sameUser(remote string) bool {
	at, err := netip.ParseAddrPort(remote)
	if err != nil || !at.Addr().IsLoopback() {
		return true
	}
	for _, table := range []string{"/proc/self/net/tcp", "/proc/self/net/tcp6"} {
		if uid, ok := ownerOf(table, at); ok {
			return uid == os.Getuid() || uid == 0
		}
	}
	return true
}

// ownerOf finds the socket with a local address in a table of the kernel's.
func ownerOf(table string, at netip.AddrPort) (uid int, ok bool) {
	f, err := os.Open(table)
	if err != nil {
		return 0, false
	}
	defer f.Close()
	want := map[string]bool{kernelForm(at): true}
	if at.Addr().Is4() { // a socket for both versions stands in the table of the sixth
		want[kernelForm(netip.AddrPortFrom(netip.AddrFrom16(at.Addr().As16()), at.Port()))] = true
	}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		field := bytes.Fields(lines.Bytes())
		if len(field) > 7 && want[string(field[1])] {
			uid, err := strconv.Atoi(string(field[7]))
			return uid, err == nil
		}
	}
	return 0, false
}

// kernelForm writes an address as the kernel's table does: each four bytes turned
// around, as the machines we know have it.
func kernelForm(at netip.AddrPort) string {
	b := slices.Clone(at.Addr().AsSlice())
	for i := 0; i+4 <= len(b); i += 4 {
		slices.Reverse(b[i : i+4])
	}
	return fmt.Sprintf("%s:%04X", bytes.ToUpper([]byte(hex.EncodeToString(b))), at.Port())
}
