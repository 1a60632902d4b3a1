package web

import (
	"net/http"

	"stayput/desk"
)

// A route is one thing that can be asked for. Its name is what logs say in place
// of the path, because paths name cases.
type route struct {
	name    string
	pattern string
	needs   desk.Action // what the desk will ask for; desk.Open needs nobody
	do      func(w http.ResponseWriter, r *http.Request) error
}

// routes is the table of contents.
func (s *Site) routes() []route {
	return []route{
		// Getting in
		{"link_enter", "GET /enter", desk.Open, s.linkEnter},
		{"static_show", "GET /static/{name}", desk.Open, s.staticShow},
		{"health_show", "GET /healthz", desk.Open, s.healthShow},
		{"language_save", "POST /language", desk.Open, s.languageSave},

		// Today
		{"today_show", "GET /{$}", desk.SeeSpace, s.todayShow},
		{"search_show", "GET /search", desk.SeeSpace, s.searchShow},

		// The first run: what happened?
		{"start_show", "GET /start", desk.SeeSpace, s.startShow},
		{"start_door", "GET /start/{door}", desk.SeeSpace, s.startDoor},
		{"start_choice", "GET /start/{door}/{choice}", desk.SeeSpace, s.startChoice},
		{"start_save", "POST /start/{door}/{choice}", desk.OpenCase, s.startSave},

		// Cases
		{"case_list", "GET /cases", desk.SeeSpace, s.caseList},
		{"case_new", "GET /cases/new", desk.SeeSpace, s.caseNew},
		{"case_new_save", "POST /cases/new", desk.OpenCase, s.caseNewSave},
		{"sample_open", "POST /cases/sample", desk.OpenCase, s.sampleOpen},
		{"case_show", "GET /cases/{case}", desk.SeeCase, s.caseShow},
		{"case_edit", "GET /cases/{case}/edit", desk.SeeCase, s.caseEdit},
		{"case_edit_save", "POST /cases/{case}/edit", desk.ChangeCase, s.caseEditSave},
		{"case_close", "POST /cases/{case}/close", desk.CloseCase, s.caseClose},
		{"case_hold", "POST /cases/{case}/hold", desk.DestroyBody, s.caseHold},

		// The record
		{"record_new", "GET /record/new", desk.SeeSpace, s.recordNew},
		{"record_show", "GET /cases/{case}/record", desk.SeeCase, s.recordShow},
		{"entry_new", "GET /cases/{case}/add", desk.SeeCase, s.entryNew},
		{"entry_add", "POST /cases/{case}/add", desk.AddEntry, s.entryAdd},
		{"entry_show", "GET /cases/{case}/record/{entry}", desk.SeeCase, s.entryShow},
		{"entry_correct", "GET /cases/{case}/record/{entry}/correct", desk.SeeCase, s.entryCorrect},
		{"entry_correct_save", "POST /cases/{case}/record/{entry}/correct", desk.CorrectEntry, s.entryCorrectSave},
		{"entry_withdraw", "POST /cases/{case}/record/{entry}/withdraw", desk.CorrectEntry, s.entryWithdraw},
		{"entry_destroy", "GET /cases/{case}/record/{entry}/destroy", desk.SeeCase, s.entryDestroy},
		{"entry_destroy_save", "POST /cases/{case}/record/{entry}/destroy", desk.DestroyBody, s.entryDestroySave},
		{"file_show", "GET /cases/{case}/files/{digest}", desk.SeeCase, s.fileShow},
		{"card_list", "GET /cases/{case}/cards", desk.SeeCase, s.cardList},
		{"card_show", "GET /cases/{case}/cards/{card}", desk.SeeCase, s.cardShow},
		{"card_log", "POST /cases/{case}/cards/{card}", desk.AddEntry, s.cardLog},

		// Dates
		{"clock_list", "GET /cases/{case}/clocks", desk.SeeCase, s.clockList},
		{"clock_table", "GET /cases/{case}/clocks.csv", desk.SeeCase, s.clockTableFile},
		{"clock_show", "GET /cases/{case}/clocks/{rule}/{entry}", desk.SeeCase, s.clockShow},
		{"clock_rights", "GET /cases/{case}/rights", desk.SeeCase, s.clockRights},

		// School calendars
		{"calendar_list", "GET /calendars", desk.SeeSpace, s.calendarList},
		{"calendar_new", "GET /calendars/new", desk.SeeSpace, s.calendarNew},
		{"calendar_make", "POST /calendars/new", desk.SaveCalendar, s.calendarMake},
		{"calendar_import", "GET /calendars/import", desk.SeeSpace, s.calendarImport},
		{"calendar_take", "POST /calendars/import", desk.SaveCalendar, s.calendarTake},
		{"calendar_show", "GET /calendars/{id}", desk.SeeSpace, s.calendarShow},
		{"calendar_file", "GET /calendars/{id}/file", desk.SeeSpace, s.calendarFile},
		{"calendar_edit", "GET /calendars/{id}/edit", desk.SeeSpace, s.calendarEdit},
		{"calendar_change", "POST /calendars/{id}/edit", desk.SaveCalendar, s.calendarChange},
		{"calendar_closure", "GET /calendars/{id}/closure", desk.SeeSpace, s.calendarClosure},
		{"calendar_close", "POST /calendars/{id}/closure", desk.SaveCalendar, s.calendarClose},
		{"calendar_use", "POST /cases/{case}/calendars", desk.ChangeCase, s.calendarUse},

		// What is being typed
		{"draft_show", "GET /drafts/{key}", desk.ChangeSelf, s.draftShow},
		{"draft_save", "PUT /drafts/{key}", desk.ChangeSelf, s.draftSave},
		{"draft_drop", "DELETE /drafts/{key}", desk.ChangeSelf, s.draftDrop},

		// Law
		{"law_home", "GET /law", desk.SeeSpace, s.lawHome},
		{"law_list", "GET /law/rules", desk.SeeSpace, s.lawList},
		{"law_rule", "GET /law/rules/{rule}", desk.SeeSpace, s.lawRule},
		{"law_glossary", "GET /law/glossary", desk.SeeSpace, s.lawGlossary},
		{"law_myths", "GET /law/myths", desk.SeeSpace, s.lawMyths},
		{"case_law", "GET /cases/{case}/law", desk.SeeCase, s.caseLaw},

		// What comes in
		{"import_show", "GET /import", desk.SeeSpace, s.importShow},
		{"import_take", "POST /import", desk.OpenCase, s.importTake},
		{"import_check", "GET /import/{parcel}", desk.SeeSpace, s.importCheck},
		{"import_open", "POST /import/{parcel}", desk.OpenCase, s.importOpen},
		{"sheet_show", "GET /import/sheet", desk.SeeSpace, s.sheetShow},
		{"sheet_take", "POST /import/sheet", desk.OpenCase, s.sheetTake},
		{"sheet_template", "GET /import/template/{name}", desk.SeeSpace, s.sheetTemplate},
		{"sheet_columns", "GET /import/sheet/{parcel}", desk.SeeSpace, s.sheetColumns},
		{"sheet_columns_save", "POST /import/sheet/{parcel}", desk.OpenCase, s.sheetColumnsSave},
		{"sheet_rows", "GET /import/sheet/{parcel}/rows", desk.SeeSpace, s.sheetRows},
		{"sheet_rows_save", "POST /import/sheet/{parcel}/rows", desk.OpenCase, s.sheetRowsSave},
		{"import_list", "GET /imports", desk.SeeSpace, s.importList},
		{"import_report", "GET /imports/{batch}", desk.SeeSpace, s.importReport},
		{"import_undo", "POST /imports/{batch}/undo", desk.CloseCase, s.importUndo},

		// What goes out
		{"export_show", "GET /cases/{case}/export", desk.ExportCase, s.exportShow},
		{"export_file", "GET /cases/{case}/export/{form}", desk.ExportCase, s.exportFile},
		{"export_bundle", "POST /cases/{case}/export/bundle", desk.ExportCase, s.exportBundle},
		{"verify_show", "GET /verify", desk.SeeSpace, s.verifyShow},
		{"verify_check", "POST /verify", desk.SeeSpace, s.verifyCheck},

		// Help
		{"help_list", "GET /help", desk.SeeSpace, s.helpList},
		{"help_show", "GET /help/{topic}", desk.SeeSpace, s.helpShow},

		// Settings
		{"settings_show", "GET /settings", desk.SeeSpace, s.settingsShow},
		{"settings_save", "POST /settings", desk.ChangeSelf, s.settingsSave},
		{"settings_copy", "POST /settings/copy", desk.CopyAll, s.settingsCopy},

		// The same user's other commands
		{"control_link", "POST /control/link", desk.Open, s.controlLink},
	}
}

// dispatch finds the route. What no route answers gets the error page too.
func (s *Site) dispatch(w http.ResponseWriter, r *http.Request) {
	h, pattern := s.mux.Handler(r)
	if pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	// The mux knows whether the path exists for another method; asking it with
	// an answer that goes nowhere is the only way to learn it.
	p := probe{header: http.Header{}}
	h.ServeHTTP(&p, r)
	name, err := "unknown", error(refuse(http.StatusNotFound, "web.error.not_found"))
	if p.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", p.header.Get("Allow"))
		name, err = "wrong_method", refuse(http.StatusMethodNotAllowed, "web.error.method")
	}
	seen(r).route = name
	if !s.entered(r) {
		err = errLocked
	}
	s.answer(w, r, err)
}

// serve makes a route a handler: it names the route for the log, asks for
// somebody who has entered, and hands what went wrong to the one place that
// turns it into an answer.
func (s *Site) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen(r).route = rt.name
		r = r.WithContext(desk.OnPage(r.Context(), rt.name))
		if rt.needs != desk.Open && !s.entered(r) {
			s.answer(w, r, errLocked)
			return
		}
		if err := rt.do(w, r); err != nil {
			s.answer(w, r, err)
		}
	})
}

// probe is an answer that goes nowhere.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
func (p *probe) WriteHeader(status int)      { p.status = status }
