// Package browser opens what the program made in a real browser and a real PDF
// reader. The built program runs as a user runs it, and a new user goes from the
// one-time link to her own case by keyboard alone, and again with a phone in
// Spanish. Every page is looked at in both languages and at four widths: no
// accessibility violations, nothing lost on a phone, no request to anybody else.
// What is typed survives; what is printed carries the words. The check command
// installs Chromium, poppler and axe-core for it.
//
//	STAYPUT_SHOTS=/tmp/shots go test ./test/browser -run Journey
//
// keeps a picture of each step in that folder.
package browser
