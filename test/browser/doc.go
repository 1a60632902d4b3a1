// Package browser opens what the program made in a real browser and a real PDF
// reader: no accessibility violations, nothing lost on a phone, and a printed
// page that carries the dates. The check command installs Chromium, poppler and
// axe-core for it.
package browser
