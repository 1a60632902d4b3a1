// Package reading measures how hard a text is to read, and points at the sentences and
// words that make it so.
//
// In come a text, as it stands in the box of a letter or as plain text, its language, and
// the terms of the trade. Out comes a Result: how many sentences, words and syllables, what
// published formulas make of them under their names, a plain level, the long sentences and
// the terms that nobody explained, each with its place in the text.
//
// English: the grade of Flesch and Kincaid (J. P. Kincaid, R. P. Fishburne, R. L. Rogers,
// B. S. Chissom, Derivation of New Readability Formulas for Navy Enlisted Personnel, Naval
// Technical Training Command, Research Branch Report 8-75, 1975): 0.39 words a sentence
// and 11.8 syllables a word, less 15.59.
//
// Spanish: the perspicuity of F. Szigriszt Pazos (Sistemas predictivos de legibilidad del
// mensaje escrito: fórmula de perspicuidad, thesis, Universidad Complutense, 1993), 206.835
// less 62.3 syllables a word and one for each word a sentence, read on the INFLESZ scale
// (I. M. Barrio-Cantalejo and others, Validación de la Escala INFLESZ, Anales del Sistema
// Sanitario de Navarra 31(2), 2008): below 40 very hard, to 55 somewhat hard, to 65 normal,
// to 80 quite easy, above very easy. Beside it the ease of J. Fernández Huerta (Medidas
// sencillas de lecturabilidad, Consigna 214, 1959), 206.84 less 60 syllables a word and 1.02
// words a sentence. The paper counts sentences in a hundred words where the formula needs
// the words of a sentence; G. Law showed the slip (LINGUIST List 22.2332, 2011).
//
// The formulas were made for samples of a hundred words and more, count and do not
// understand, and say nothing of whether a text is true or kind. The papers were not at
// hand: their numbers were read in later works that agree on them.
//
// It reads no file, no network and no clock, and knows no law.
package reading
