package caseload

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// templates are the examples to download: a header and two invented rows, in
// each language.
var templates = map[string][][]string{
	"en": {
		{"Child", "Date of birth", "Grade", "District", "State", "School", "Last IEP", "Last evaluation", "Request made on", "Request kind", "Consent signed on", "Home language", "Case number", "Notes"},
		{"Sample Child 01", "2016-05-14", "4", "Sample Unified", "CA", "Sample Elementary", "2025-10-02", "2023-11-15", "", "", "", "Spanish", "A-001", "An invented row: delete it."},
		{"Sample Child 02", "2018-02-27", "2", "Sample Unified", "CA", "Sample Elementary", "", "", "2026-09-03", "evaluation", "2026-09-21", "English", "A-002", "An invented row: delete it."},
	},
	"es": {
		{"Alumno", "Fecha de nacimiento", "Grado", "Distrito", "Estado", "Escuela", "Último IEP", "Última evaluación", "Fecha de solicitud", "Tipo de solicitud", "Consentimiento firmado el", "Idioma del hogar", "Número de caso", "Notas"},
		{"Niño de Ejemplo 01", "2016-05-14", "4", "Distrito de Ejemplo", "CA", "Primaria de Ejemplo", "2025-10-02", "2023-11-15", "", "", "", "español", "A-001", "Una fila inventada: bórrela."},
		{"Niño de Ejemplo 02", "2018-02-27", "2", "Distrito de Ejemplo", "CA", "Primaria de Ejemplo", "", "", "2026-09-03", "evaluación", "2026-09-21", "español", "A-002", "Una fila inventada: bórrela."},
	},
}

// Template is an example to download: a header and two invented rows in English
// or Spanish. The same arguments give the same bytes.
func Template(lang string, f Format) ([]byte, error) {
	rows, ok := templates[lang]
	if !ok {
		rows = templates["en"]
	}
	if f == XLSX {
		return templateXLSX(lang, rows)
	}
	var b bytes.Buffer
	b.WriteString("\uFEFF") // so that spreadsheet programs read the accents
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

func templateXLSX(lang string, rows [][]string) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close()
	sheet := "Cases"
	if lang == "es" {
		sheet = "Casos"
	}
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		return nil, err
	}
	isoDate := "yyyy-mm-dd"
	dates, err := book.NewStyle(&excelize.Style{CustomNumFmt: &isoDate})
	if err != nil {
		return nil, err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	for i, head := range rows[0] {
		col := Letter(i)
		width := float64(max(12, len(head)+2))
		err := book.SetColWidth(sheet, col, col, width)
		if t, _ := guess(head); err == nil && t.Dated() {
			err = book.SetColStyle(sheet, col, dates)
		}
		if err != nil {
			return nil, err
		}
	}
	for n, r := range rows {
		for i, v := range r {
			cell := Letter(i) + string(rune('1'+n))
			var err error
			t, _ := guess(rows[0][i])
			w := readDate(v, ByColumn, pivot{}).when
			switch {
			case n == 0:
				if err = book.SetCellStr(sheet, cell, v); err == nil {
					err = book.SetCellStyle(sheet, cell, cell, bold)
				}
			case v == "":
			case t.Dated() && w.Exact() && !w.IsZero():
				zero, _ := serials1900(61)
				if err = book.SetCellInt(sheet, cell, int64(w.Earliest-zero)+61); err == nil {
					err = book.SetCellStyle(sheet, cell, cell, dates)
				}
			default:
				err = book.SetCellStr(sheet, cell, v)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	panes := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := book.SetPanes(sheet, panes); err != nil {
		return nil, err
	}
	raw, err := book.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return repack(raw.Bytes())
}

// repack writes an archive again with its parts in order and without times.
func repack(data []byte) ([]byte, error) {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	files := slices.Clone(zr.File)
	slices.SortFunc(files, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, f := range files {
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		w, err := zw.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
		if err == nil {
			_, err = io.Copy(w, in)
		}
		in.Close()
		if err != nil {
			return nil, err
		}
	}
	if err := zw.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
