// Package paper is the papers of the field as data: letters, notices, forms, emails and
// logs, each with what it has to hold and with its wording in two languages and two
// registers.
//
// In: one YAML file for each paper, built into the program or an office's own. Out: a
// Paper, checked strictly: a field that no record has, a required content that no part
// holds, a language that lacks what the other has are refused with line and column. It
// knows no case; derive/draft gathers facts and present/letter puts both together.
package paper
