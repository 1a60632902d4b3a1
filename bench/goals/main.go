// The goals command says how well the review of goals agrees with people who
// labelled goals by hand:
//
//	go run ./bench/goals derive/goal/testdata/*.yaml
//
// For each language apart it prints precision, recall, F1 and agreement for
// each criterion, with the goals on which informed people differ left out and
// then with them alone.
package main

import (
	"flag"
	"fmt"
	"os"

	"stayput/derive/goal/labelled"
)

func main() {
	part := flag.String("part", "all", "all; held, the part kept out of sight while rules are written; or seen, the rest")
	misses := flag.Bool("misses", false, "print the goals on which the rules and the reader differ")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "goals: name at least one file of labelled goals")
		os.Exit(2)
	}
	if err := run(flag.Args(), *part, *misses); err != nil {
		fmt.Fprintln(os.Stderr, "goals:", err)
		os.Exit(1)
	}
}

func run(files []string, part string, misses bool) error {
	var all []labelled.Goal
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		goals, err := labelled.Read(name, text)
		if err != nil {
			return err
		}
		for _, g := range goals {
			if part == "all" || (part == "held") == g.Held() {
				all = append(all, g)
			}
		}
	}
	for _, lang := range []string{"en", "es"} {
		for _, borderline := range []bool{false, true} {
			var some []labelled.Goal
			for _, g := range all {
				if g.Lang == lang && g.Borderline == borderline {
					some = append(some, g)
				}
			}
			if len(some) == 0 {
				continue
			}
			title := lang + ", " + part
			if borderline {
				title += ", borderline only"
			}
			s := labelled.Measure(some)
			if err := s.Write(os.Stdout, title); err != nil {
				return err
			}
			if misses {
				for _, m := range s.Misses {
					fmt.Printf("    %s %s: rules %v, reader %v\n      %s | %s\n", m.Goal.ID, m.What, m.Rules, m.Reader, m.Goal.Text, m.Goal.Baseline)
				}
			}
			fmt.Println()
		}
	}
	return nil
}
