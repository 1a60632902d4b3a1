// Command caseload measures the caseload command: it generates cases with a
// fixed seed, makes the brief of each, and prints cases a second and the peak
// memory of the program.
//
//	go run ./bench/caseload -n 100000
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

func main() {
	n := flag.Int("n", 100_000, "number of cases, 40 entries each")
	json := flag.Bool("json", false, "cases as JSON instead of YAML")
	keep := flag.String("dir", "", "folder for the cases; a temporary one when empty")
	flag.Parse()
	if err := run(*n, *json, *keep); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(n int, json bool, dir string) error {
	tmp, err := os.MkdirTemp("", "caseload")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	bin := filepath.Join(tmp, "stayput")
	for _, args := range [][]string{{"build", "-o", bin, "./cmd/stayput"}, {"build", "-o", bin + "-generate", "./bench/generate"}} {
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			return fmt.Errorf("go %v: %w\n%s", args, err, out)
		}
	}
	if dir == "" {
		dir = filepath.Join(tmp, "cases")
	}
	if _, err := os.Stat(dir); err != nil {
		gen := exec.Command(bin+"-generate", "-dir", dir, "-n", fmt.Sprint(n), fmt.Sprintf("-json=%v", json))
		gen.Stderr = os.Stderr
		if err := gen.Run(); err != nil {
			return err
		}
	}
	cmd := exec.Command(bin, "brief", "--all", dir, "--format", "jsonl", "--as-of", "2025-06-01")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	lines, bytes := 0, int64(0)
	r := bufio.NewReaderSize(out, 1<<20)
	for {
		chunk, err := r.ReadSlice('\n')
		bytes += int64(len(chunk))
		if len(chunk) > 0 && chunk[len(chunk)-1] == '\n' {
			lines++
		}
		if err == io.EOF {
			break
		}
		if err != nil && err != bufio.ErrBufferFull {
			return err
		}
	}
	if err := cmd.Wait(); err != nil {
		return err
	}
	took := time.Since(start)
	peak := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss
	fmt.Printf("%d cases in %.1f s: %.0f cases a second on %d cores; peak memory %d MB; %.1f KB of JSON a case\n",
		lines, took.Seconds(), float64(lines)/took.Seconds(), runtime.NumCPU(), peak/1024, float64(bytes)/1024/float64(max(lines, 1)))
	return nil
}
