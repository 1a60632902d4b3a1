package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
)

func main() {
	n := flag.Int("n", 500, "how many times to tamper")
	seed := flag.Uint64("seed", 1, "where chance begins")
	keep := flag.String("keep", "", "write the untouched bundle to this file")
	flag.Parse()
	if err := run(*n, *seed, *keep); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(n int, seed uint64, keep string) error {
	t, err := newTampering(seed)
	if err != nil {
		return err
	}
	if keep != "" {
		if err := os.WriteFile(keep, t.whole, 0o600); err != nil {
			return err
		}
	}
	counts := map[string]int{}
	missed := 0
	for i := range n {
		name, z, want := t.next()
		counts[name]++
		if err := t.noticed(z, want); err != nil {
			missed++
			fmt.Printf("%d: %s: %v\n", i+1, name, err)
		}
	}
	var names []string
	for name := range counts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Printf("%5d  %s\n", counts[name], name)
	}
	fmt.Printf("%5d  in all; %d noticed and named, %d not\n", n, n-missed, missed)
	if missed > 0 {
		return fmt.Errorf("%d of %d were not named", missed, n)
	}
	return nil
}
