// Package trouble starts the real program and speaks to it as a browser does, so
// that the commands below it can make trouble for it:
//
//	go run ./test/trouble/kill -n 50 -writes 10000 -seed 1
//	go run ./test/trouble/disk
//	go run ./test/trouble/hostile
//
// kill ends the program without warning at random moments while entries are
// written, while it starts and changes the form of its file, while a backup is
// made, while a file is sent and while sixty cases are added as one. After each it
// starts the program again on the same data and looks for every entry that was
// acknowledged: it must be there once, with its words, and the log must verify.
//
// disk takes away what the program stands on: room on the disk, the right to
// write, the file's lock, the clock, the file's form, its end, its journal, the
// note of where it runs, the folder, the home. The program must say what is wrong
// in both languages, lose nothing, and work again once the cause is gone.
//
// hostile sends what no browser sends: gigabytes, slow trickles, forged origins,
// replayed forms, paths that climb, pages dressed as pictures, archives that swell.
// The program must refuse, stay small and go on serving.
//
// Every command works in a folder of its own, on this machine only, ends only the
// processes that it started, says what it did, and ends with status 1 when
// anything was not as it must be. The tests beside them run short versions.
package trouble
