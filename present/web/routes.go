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
		{"sign_show", "GET /sign-in", desk.Open, s.signShow},
		{"sign_in", "POST /sign-in", desk.Open, s.signIn},
		{"passkey_begin", "POST /sign-in/passkey", desk.Open, s.told(s.passkeyBegin)},
		{"passkey_finish", "POST /sign-in/passkey/finish", desk.Open, s.told(s.passkeyFinish)},
		{"sign_up", "GET /sign-up", desk.Open, s.signUpShow},
		{"sign_up_save", "POST /sign-up", desk.Open, s.signUpSave},
		{"passkey_make", "POST /sign-up/passkey", desk.Open, s.told(s.passkeyMake)},
		{"passkey_made", "POST /sign-up/passkey/finish", desk.Open, s.told(s.passkeyMade)},
		{"sign_out", "POST /sign-out", desk.Open, s.signOut},
		{"codes_show", "GET /account/codes", desk.Open, s.codesShow},
		{"language_save", "POST /language", desk.Open, s.languageSave},

		// Today
		{"today_show", "GET /{$}", desk.SeeSpace, s.todayShow},
		{"search_show", "GET /search", desk.SeeSpace, s.searchShow},

		// The first run: what happened?
		{"start_show", "GET /start", desk.OpenCase, s.startShow},
		{"start_door", "GET /start/{door}", desk.OpenCase, s.startDoor},
		{"start_choice", "GET /start/{door}/{choice}", desk.OpenCase, s.startChoice},
		{"start_save", "POST /start/{door}/{choice}", desk.OpenCase, s.startSave},

		// Cases
		{"case_list", "GET /cases", desk.SeeSpace, s.caseList},
		{"case_new", "GET /cases/new", desk.OpenCase, s.caseNew},
		{"case_new_save", "POST /cases/new", desk.OpenCase, s.caseNewSave},
		{"sample_open", "POST /cases/sample", desk.OpenCase, s.sampleOpen},
		{"case_show", "GET /cases/{case}", desk.SeeCase, s.caseShow},
		{"case_edit", "GET /cases/{case}/edit", desk.ChangeCase, s.caseEdit},
		{"case_edit_save", "POST /cases/{case}/edit", desk.ChangeCase, s.caseEditSave},
		{"contact_show", "GET /cases/{case}/contacts", desk.SeeCase, s.contactShow},
		{"contact_save", "POST /cases/{case}/contacts", desk.ChangeCase, s.contactSave},
		{"case_close", "POST /cases/{case}/close", desk.CloseCase, s.caseClose},
		{"case_hold", "POST /cases/{case}/hold", desk.DestroyBody, s.caseHold},

		// The record
		{"record_new", "GET /record/new", desk.SeeSpace, s.recordNew},
		{"record_show", "GET /cases/{case}/record", desk.SeeCase, s.recordShow},
		{"entry_new", "GET /cases/{case}/add", desk.AddEntry, s.entryNew},
		{"entry_add", "POST /cases/{case}/add", desk.AddEntry, s.entryAdd},
		{"entry_show", "GET /cases/{case}/record/{entry}", desk.SeeCase, s.entryShow},
		{"entry_correct", "GET /cases/{case}/record/{entry}/correct", desk.CorrectEntry, s.entryCorrect},
		{"entry_correct_save", "POST /cases/{case}/record/{entry}/correct", desk.CorrectEntry, s.entryCorrectSave},
		{"entry_withdraw", "POST /cases/{case}/record/{entry}/withdraw", desk.CorrectEntry, s.entryWithdraw},
		{"entry_destroy", "GET /cases/{case}/record/{entry}/destroy", desk.DestroyBody, s.entryDestroy},
		{"entry_destroy_save", "POST /cases/{case}/record/{entry}/destroy", desk.DestroyBody, s.entryDestroySave},
		{"file_show", "GET /cases/{case}/files/{digest}", desk.SeeCase, s.fileShow},
		{"card_list", "GET /cases/{case}/cards", desk.SeeCase, s.cardList},
		{"card_show", "GET /cases/{case}/cards/{card}", desk.SeeCase, s.cardShow},
		{"card_log", "POST /cases/{case}/cards/{card}", desk.AddEntry, s.cardLog},

		// Meetings: before, at the table, after
		{"meeting_list", "GET /cases/{case}/meetings", desk.SeeCase, s.meetingList},
		{"meeting_add", "POST /cases/{case}/meetings", desk.AddEntry, s.meetingAdd},
		{"meeting_show", "GET /cases/{case}/meetings/{entry}", desk.SeeCase, s.meetingShow},
		{"meeting_save", "POST /cases/{case}/meetings/{entry}", desk.AddEntry, s.meetingSave},
		{"meeting_sheet", "GET /cases/{case}/meetings/{entry}/sheet", desk.SeeCase, s.meetingSheet},
		{"meeting_log", "GET /cases/{case}/meetings/{entry}/decisions", desk.SeeCase, s.meetingLog},
		{"meeting_decide", "POST /cases/{case}/meetings/{entry}/decisions", desk.AddEntry, s.meetingDecide},

		// Consent, the offer on one page, what stays put
		{"consent_show", "GET /cases/{case}/consent", desk.SeeCase, s.consentShow},
		{"answer_new", "GET /cases/{case}/consent/answer", desk.AddEntry, s.answerNew},
		{"answer_save", "POST /cases/{case}/consent/answer", desk.AddEntry, s.answerSave},
		{"revoke_show", "GET /cases/{case}/consent/revoke", desk.AddEntry, s.revokeShow},
		{"revoke_save", "POST /cases/{case}/consent/revoke", desk.AddEntry, s.revokeSave},
		{"offer_show", "GET /cases/{case}/plans/{plan}/offer", desk.SeeCase, s.offerShow},
		{"stay_show", "GET /cases/{case}/stay-put", desk.SeeCase, s.stayShow},
		{"removal_list", "GET /cases/{case}/removals", desk.SeeCase, s.removalList},
		{"removal_save", "POST /cases/{case}/removals", desk.AddEntry, s.removalSave},

		// Papers: letters, notices and complaints
		{"paper_list", "GET /cases/{case}/papers", desk.AddEntry, s.paperList},
		{"paper_new", "GET /cases/{case}/papers/new/{document}", desk.AddEntry, s.paperNewShow},
		{"paper_begin", "POST /cases/{case}/papers/new/{document}", desk.AddEntry, s.paperBegin},
		{"received_show", "GET /cases/{case}/papers/received/{document}", desk.AddEntry, s.receivedShow},
		{"received_check", "POST /cases/{case}/papers/received/{document}", desk.AddEntry, s.receivedCheck},
		{"check_show", "GET /cases/{case}/papers/checks/{check}", desk.AddEntry, s.checkShow},
		{"check_save", "POST /cases/{case}/papers/checks/{check}", desk.AddEntry, s.checkSave},
		{"check_text", "POST /cases/{case}/papers/checks/{check}/do/text", desk.AddEntry, s.checkText},
		{"check_drop", "POST /cases/{case}/papers/checks/{check}/do/drop", desk.AddEntry, s.checkDrop},
		{"paper_show", "GET /cases/{case}/papers/{paper}", desk.AddEntry, s.paperShow},
		{"paper_save", "POST /cases/{case}/papers/{paper}", desk.AddEntry, s.paperSave},
		{"paper_look", "GET /cases/{case}/papers/{paper}/as/look", desk.AddEntry, s.paperLook},
		{"paper_both", "GET /cases/{case}/papers/{paper}/as/both", desk.AddEntry, s.paperBoth},
		{"paper_both_file", "GET /cases/{case}/papers/{paper}/as/both-pdf", desk.ExportCase, s.paperBothFile},
		{"paper_send", "GET /cases/{case}/papers/{paper}/as/send", desk.AddEntry, s.paperSend},
		{"paper_file", "GET /cases/{case}/papers/{paper}/as/{form}", desk.ExportCase, s.paperFile},
		{"paper_finish", "POST /cases/{case}/papers/{paper}/do/finish", desk.AddEntry, s.paperFinish},
		{"paper_sent", "POST /cases/{case}/papers/{paper}/do/sent", desk.AddEntry, s.paperSent},
		{"paper_whom", "POST /cases/{case}/papers/{paper}/do/whom", desk.AddEntry, s.paperWhom},
		{"paper_head", "POST /cases/{case}/papers/{paper}/do/head", desk.AddEntry, s.paperHead},
		{"paper_drop", "POST /cases/{case}/papers/{paper}/do/drop", desk.AddEntry, s.paperDrop},

		// Packs of papers, and the letters about a week
		{"packet_list", "GET /cases/{case}/packs", desk.ExportCase, s.packetList},
		{"packet_show", "GET /cases/{case}/packs/{pack}", desk.ExportCase, s.packetShow},
		{"packet_file", "GET /cases/{case}/packs/{pack}/as/{form}", desk.ExportCase, s.packetFile},
		{"friday_show", "GET /friday", desk.SeeSpace, s.fridayShow},
		{"friday_files", "GET /friday.zip", desk.SeeSpace, s.fridayFiles},
		{"friday_file", "GET /cases/{case}/friday.eml", desk.ExportCase, s.fridayFile},

		// Disagreement: which way fits, and each way whole
		{"claims_show", "GET /cases/{case}/claims", desk.ExportCase, s.claimsShow},
		{"claims_table", "GET /cases/{case}/claims.csv", desk.ExportCase, s.claimsTable},
		{"claims_document", "GET /cases/{case}/claims.docx", desk.ExportCase, s.claimsDocument},
		{"help_near", "GET /cases/{case}/help-near", desk.SeeCase, s.helpNear},
		{"help_put", "POST /cases/{case}/help-near", desk.SeeCase, s.helpPut},
		{"disagree_show", "GET /cases/{case}/disagree", desk.SeeCase, s.disagreeShow},
		{"disagree_choose", "POST /cases/{case}/disagree", desk.AddEntry, s.disagreeChoose},
		{"route_show", "GET /cases/{case}/disagree/routes/{route}", desk.SeeCase, s.routeShow},
		{"dispute_list", "GET /cases/{case}/disagree/disputes", desk.SeeCase, s.disputeList},
		{"dispute_begin", "POST /cases/{case}/disagree/disputes", desk.AddEntry, s.disputeBegin},
		{"dispute_show", "GET /cases/{case}/disagree/disputes/{entry}", desk.SeeCase, s.disputeShow},
		{"dispute_save", "POST /cases/{case}/disagree/disputes/{entry}", desk.AddEntry, s.disputeSave},

		// The answer to a rejection, and staying in touch
		{"rejection_list", "GET /cases/{case}/rejection", desk.SeeCase, s.rejectionList},
		{"rejection_show", "GET /cases/{case}/rejection/{entry}", desk.SeeCase, s.rejectionShow},
		{"rejection_chronology", "GET /cases/{case}/rejection/{entry}/chronology", desk.SeeCase, s.rejectionChronology},
		{"rejection_table", "GET /cases/{case}/rejection/{entry}/chronology.csv", desk.SeeCase, s.rejectionTable},
		{"rejection_save", "POST /cases/{case}/rejection/{entry}/{what}", desk.AddEntry, s.rejectionSave},
		{"partnership_show", "GET /cases/{case}/partnership", desk.SeeCase, s.partnershipShow},
		{"partnership_table", "GET /cases/{case}/partnership.csv", desk.SeeCase, s.partnershipTable},
		{"partnership_save", "POST /cases/{case}/partnership/{what}", desk.AddEntry, s.partnershipSave},

		// A no of the school and the answer to it; an evaluation from outside
		{"no_list", "GET /cases/{case}/no", desk.SeeCase, s.noList},
		{"no_save", "POST /cases/{case}/no", desk.AddEntry, s.noSave},
		{"no_show", "GET /cases/{case}/no/{entry}", desk.SeeCase, s.noShow},
		{"no_tell", "POST /cases/{case}/no/{entry}", desk.AddEntry, s.noTell},
		{"outside_show", "GET /cases/{case}/evaluation-outside", desk.SeeCase, s.outsideShow},
		{"outside_save", "POST /cases/{case}/evaluation-outside", desk.AddEntry, s.outsideSave},

		// Dates
		{"clock_list", "GET /cases/{case}/clocks", desk.SeeCase, s.clockList},
		{"clock_table", "GET /cases/{case}/clocks.csv", desk.SeeCase, s.clockTableFile},
		{"clock_show", "GET /cases/{case}/clocks/{rule}/{entry}", desk.SeeCase, s.clockShow},
		{"clock_rights", "GET /cases/{case}/rights", desk.SeeCase, s.clockRights},

		// The plan
		{"plan_show", "GET /cases/{case}/plan", desk.SeeCase, s.planShow},
		{"plan_service", "GET /cases/{case}/plan/service", desk.ChangePlans, s.planService},
		{"plan_service_save", "POST /cases/{case}/plan/service", desk.ChangePlans, s.planServiceSave},
		{"plan_new", "GET /cases/{case}/plans/new", desk.ChangePlans, s.planNew},
		{"plan_new_save", "POST /cases/{case}/plans/new", desk.ChangePlans, s.planNewSave},
		{"plan_version", "GET /cases/{case}/plans/{plan}", desk.SeeCase, s.planVersion},
		{"plan_edit", "GET /cases/{case}/plans/{plan}/edit/{section}", desk.ChangePlans, s.planEdit},
		{"plan_save", "POST /cases/{case}/plans/{plan}/edit/{section}", desk.ChangePlans, s.planSave},
		{"plan_remove", "POST /cases/{case}/plans/{plan}/remove", desk.ChangePlans, s.planRemove},
		{"plan_compare", "GET /cases/{case}/plans/{plan}/compare/{other}", desk.SeeCase, s.planCompare},
		{"goal_show", "GET /cases/{case}/plans/{plan}/goals/{goal}", desk.SeeCase, s.goalShow},

		// Goals: where each is heading, its probes, what was seen of a behavior
		{"goals_list", "GET /cases/{case}/carry/goals", desk.SeeCase, s.goalsList},
		{"goal_progress", "GET /cases/{case}/carry/goals/{goal}", desk.SeeCase, s.goalProgress},
		{"probe_table", "GET /cases/{case}/carry/probes.csv", desk.SeeCase, s.probeTable},
		{"probe_new", "GET /cases/{case}/carry/probes", desk.AddEntry, s.probeNew},
		{"probe_save", "POST /cases/{case}/carry/probes", desk.AddEntry, s.probeSave},
		{"probes_take", "POST /cases/{case}/carry/probes/several", desk.AddEntry, s.probesTake},
		{"probes_check", "GET /cases/{case}/carry/probes/several/{parcel}", desk.AddEntry, s.probesCheck},
		{"probes_add", "POST /cases/{case}/carry/probes/several/{parcel}", desk.AddEntry, s.probesAdd},
		{"probe_show", "GET /cases/{case}/carry/probes/one/{probe}", desk.AddEntry, s.probeShow},
		{"probe_change", "POST /cases/{case}/carry/probes/one/{probe}", desk.AddEntry, s.probeChange},
		{"behavior_show", "GET /cases/{case}/carry/behavior", desk.SeeCase, s.behaviorShow},
		{"sighting_save", "POST /cases/{case}/carry/behavior", desk.AddEntry, s.sightingSave},
		{"sighting_show", "GET /cases/{case}/carry/behavior/{sighting}", desk.AddEntry, s.sightingShow},
		{"sighting_change", "POST /cases/{case}/carry/behavior/{sighting}", desk.AddEntry, s.sightingChange},

		// Check-ins with teachers, the child, and in the classroom
		{"checkin_show", "GET /cases/{case}/carry/check-ins", desk.SeeCase, s.checkinShow},
		{"checkin_save", "POST /cases/{case}/carry/check-ins/{what}", desk.AddEntry, s.checkinSave},

		// Carrying out
		{"carry_show", "GET /cases/{case}/carry", desk.SeeCase, s.carryShow},
		{"agreement_list", "GET /cases/{case}/agreements", desk.SeeCase, s.agreementList},
		{"agreement_new", "POST /cases/{case}/agreements", desk.AddEntry, s.agreementNew},
		{"agreement_table", "GET /cases/{case}/agreements.csv", desk.SeeCase, s.agreementTable},
		{"agreement_show", "GET /cases/{case}/agreements/{entry}", desk.SeeCase, s.agreementShow},
		{"agreement_save", "POST /cases/{case}/agreements/{entry}", desk.AddEntry, s.agreementSave},
		{"mediation_show", "GET /cases/{case}/mediation", desk.SeeCase, s.mediationShow},
		{"mediation_save", "POST /cases/{case}/mediation", desk.AddEntry, s.mediationSave},
		{"carry_tap", "POST /cases/{case}/carry/tap", desk.AddEntry, s.carryTap},
		{"carry_service", "GET /cases/{case}/carry/services/{service}", desk.SeeCase, s.carryServiceShow},
		{"carry_table", "GET /cases/{case}/carry/ledger.csv", desk.SeeCase, s.carryTable},
		{"carry_sessions", "GET /cases/{case}/carry/sessions", desk.SeeCase, s.carrySessions},
		{"carry_session", "GET /cases/{case}/carry/sessions/{session}", desk.SeeCase, s.carrySessionShow},
		{"carry_drop", "POST /cases/{case}/carry/sessions/{session}/take-back", desk.AddEntry, s.carrySessionDrop},
		{"carry_new", "GET /cases/{case}/carry/new", desk.AddEntry, s.carryNew},
		{"carry_save", "POST /cases/{case}/carry/new", desk.AddEntry, s.carrySave},
		{"carry_levels", "GET /cases/{case}/carry/settings", desk.SeeCase, s.carryLevels},
		{"carry_levels_save", "POST /cases/{case}/carry/settings", desk.ChangeCase, s.carryLevelsSave},
		{"back_show", "GET /cases/{case}/carry/look-back", desk.SeeCase, s.backShow},
		{"back_table", "GET /cases/{case}/carry/look-back.csv", desk.SeeCase, s.backTable},
		{"comp_show", "GET /cases/{case}/carry/make-up", desk.SeeCase, s.compShow},
		{"comp_keep", "POST /cases/{case}/carry/make-up", desk.SeeCase, s.compKeep},
		{"comp_table", "GET /cases/{case}/carry/make-up.csv", desk.SeeCase, s.compTable},

		// Logs of services that come in
		{"log_import", "GET /cases/{case}/carry/import", desk.AddEntry, s.logImport},
		{"log_take", "POST /cases/{case}/carry/import", desk.AddEntry, s.logTake},
		{"log_columns", "GET /cases/{case}/carry/import/{parcel}", desk.AddEntry, s.logColumns},
		{"log_columns_save", "POST /cases/{case}/carry/import/{parcel}", desk.AddEntry, s.logColumnsSave},
		{"log_rows", "GET /cases/{case}/carry/import/{parcel}/rows", desk.AddEntry, s.logRows},
		{"log_rows_save", "POST /cases/{case}/carry/import/{parcel}/rows", desk.AddEntry, s.logRowsSave},
		{"log_report", "GET /cases/{case}/carry/import/{parcel}/report.csv", desk.AddEntry, s.logReportFile},
		{"log_plan", "GET /cases/{case}/carry/import/{parcel}/plan", desk.ChangePlans, s.logPlan},
		{"log_plan_save", "POST /cases/{case}/carry/import/{parcel}/plan", desk.ChangePlans, s.logPlanSave},
		{"log_imports", "GET /cases/{case}/carry/imports", desk.SeeCase, s.logImports},
		{"log_receipt", "GET /cases/{case}/carry/imports/{act}", desk.SeeCase, s.logReceipt},
		{"log_undo", "POST /cases/{case}/carry/imports/{act}/undo", desk.AddEntry, s.logUndo},
		{"log_grid", "GET /log", desk.SeeSpace, s.logGrid},
		{"log_grid_save", "POST /log", desk.SeeSpace, s.logGridSave},

		// Every item of the plan without minutes, and pages for teachers
		{"item_list", "GET /cases/{case}/carry/items", desk.SeeCase, s.itemList},
		{"item_tap", "POST /cases/{case}/carry/items", desk.AddEntry, s.itemTap},
		{"item_table", "GET /cases/{case}/carry/items.csv", desk.SeeCase, s.itemTable},
		{"item_sheet", "GET /cases/{case}/carry/checklist", desk.SeeCase, s.itemSheet},
		{"item_levels", "POST /cases/{case}/carry/item-levels", desk.ChangeCase, s.itemLevels},
		{"item_show", "GET /cases/{case}/carry/items/{item}", desk.SeeCase, s.itemShow},
		{"item_save", "POST /cases/{case}/carry/items/{item}", desk.AddEntry, s.itemSave},
		{"digest_list", "GET /cases/{case}/carry/digests", desk.SeeCase, s.digestList},
		{"digest_new", "GET /cases/{case}/carry/digests/new", desk.AddEntry, s.digestNew},
		{"digest_make", "POST /cases/{case}/carry/digests/new", desk.AddEntry, s.digestMake},
		{"digest_show", "GET /cases/{case}/carry/digests/{digest}", desk.SeeCase, s.digestShow},
		{"digest_save", "POST /cases/{case}/carry/digests/{digest}", desk.AddEntry, s.digestSave},
		{"digest_open", "GET /digest/{token}", desk.Open, s.digestOpen},
		{"digest_ack", "POST /digest/{token}", desk.Open, s.digestAck},

		// School calendars
		{"calendar_list", "GET /calendars", desk.SeeSpace, s.calendarList},
		{"calendar_new", "GET /calendars/new", desk.SaveCalendar, s.calendarNew},
		{"calendar_make", "POST /calendars/new", desk.SaveCalendar, s.calendarMake},
		{"calendar_import", "GET /calendars/import", desk.SaveCalendar, s.calendarImport},
		{"calendar_take", "POST /calendars/import", desk.SaveCalendar, s.calendarTake},
		{"calendar_show", "GET /calendars/{id}", desk.SeeSpace, s.calendarShow},
		{"calendar_file", "GET /calendars/{id}/file", desk.SeeSpace, s.calendarFile},
		{"calendar_edit", "GET /calendars/{id}/edit", desk.SaveCalendar, s.calendarEdit},
		{"calendar_change", "POST /calendars/{id}/edit", desk.SaveCalendar, s.calendarChange},
		{"calendar_closure", "GET /calendars/{id}/closure", desk.SaveCalendar, s.calendarClosure},
		{"calendar_close", "POST /calendars/{id}/closure", desk.SaveCalendar, s.calendarClose},
		{"calendar_use", "POST /cases/{case}/calendars", desk.ChangeCase, s.calendarUse},

		// People and sharing
		{"people_show", "GET /people", desk.SeePeople, s.peopleShow},
		{"people_leave", "POST /people/leave", desk.ChangeSelf, s.peopleLeave},
		{"invite_new", "GET /people/invite", desk.ChangePeople, s.inviteNew},
		{"invite_save", "POST /people/invite", desk.ChangePeople, s.shareSave},
		{"invite_check", "GET /people/invite/check", desk.ChangePeople, s.shareCheck},
		{"invite_send", "POST /people/invite/send", desk.ChangePeople, s.shareSend},
		{"invitation_end", "POST /people/invitations/{invitation}/end", desk.ChangePeople, s.invitationEnd},
		{"person_show", "GET /people/{person}", desk.SeePeople, s.personShow},
		{"person_save", "POST /people/{person}", desk.ChangePeople, s.personSave},
		{"person_end", "POST /people/{person}/end", desk.ChangePeople, s.personEnd},
		{"person_see", "POST /people/{person}/see", desk.ChangePeople, s.personSee},
		{"share_show", "GET /cases/{case}/share", desk.ShareCase, s.shareShow},
		{"share_new", "GET /cases/{case}/share/new", desk.ShareCase, s.shareNew},
		{"share_save", "POST /cases/{case}/share/new", desk.ShareCase, s.shareSave},
		{"share_packet", "POST /cases/{case}/share/packet", desk.ShareCase, s.sharePacket},
		{"share_check", "GET /cases/{case}/share/check", desk.ShareCase, s.shareCheck},
		{"share_send", "POST /cases/{case}/share/send", desk.ShareCase, s.shareSend},
		{"grant_end", "POST /cases/{case}/share/{person}/{grant}/end", desk.ShareCase, s.grantEnd},
		{"grant_until", "POST /cases/{case}/share/{person}/{grant}/until", desk.ShareCase, s.grantUntil},
		{"grant_renew", "POST /cases/{case}/share/{person}/{grant}/renew", desk.ShareCase, s.grantRenew},
		{"join_show", "GET /join/{token}", desk.Open, s.joinShow},
		{"join_take", "POST /join/{token}", desk.Open, s.joinTake},
		{"preview_begin", "POST /preview", desk.ChangePeople, s.previewBegin},
		{"preview_end", "POST /preview/end", desk.SeeSpace, s.previewEnd},

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
		{"law_papers", "GET /law/papers", desk.SeeSpace, s.lawPapers},
		{"law_say", "GET /law/say", desk.SeeSpace, s.lawSay},
		{"law_training", "GET /law/training", desk.SeeSpace, s.lawTraining},
		{"law_training_show", "GET /law/training/{training}", desk.SeeSpace, s.trainingShow},
		{"law_resources", "GET /law/resources", desk.SeeSpace, s.lawResources},
		{"law_resources_table", "GET /law/resources.csv", desk.SeeSpace, s.resourcesTable},
		{"case_law", "GET /cases/{case}/law", desk.SeeCase, s.caseLaw},

		// What comes in
		{"import_show", "GET /import", desk.OpenCase, s.importShow},
		{"import_take", "POST /import", desk.OpenCase, s.importTake},
		{"import_check", "GET /import/{parcel}", desk.OpenCase, s.importCheck},
		{"import_open", "POST /import/{parcel}", desk.OpenCase, s.importOpen},
		{"sheet_show", "GET /import/sheet", desk.OpenCase, s.sheetShow},
		{"sheet_take", "POST /import/sheet", desk.OpenCase, s.sheetTake},
		{"sheet_template", "GET /import/template/{name}", desk.OpenCase, s.sheetTemplate},
		{"sheet_columns", "GET /import/sheet/{parcel}", desk.OpenCase, s.sheetColumns},
		{"sheet_columns_save", "POST /import/sheet/{parcel}", desk.OpenCase, s.sheetColumnsSave},
		{"sheet_rows", "GET /import/sheet/{parcel}/rows", desk.OpenCase, s.sheetRows},
		{"sheet_rows_save", "POST /import/sheet/{parcel}/rows", desk.OpenCase, s.sheetRowsSave},
		{"import_list", "GET /imports", desk.OpenCase, s.importList},
		{"import_report", "GET /imports/{batch}", desk.OpenCase, s.importReport},
		{"import_undo", "POST /imports/{batch}/undo", desk.CloseCase, s.importUndo},

		// What goes out
		{"export_show", "GET /cases/{case}/export", desk.ExportCase, s.exportShow},
		{"export_file", "GET /cases/{case}/export/{form}", desk.ExportCase, s.exportFile},
		{"export_bundle", "POST /cases/{case}/export/bundle", desk.ExportCase, s.exportBundle},
		{"export_give", "POST /cases/{case}/export/{form}", desk.ExportCase, s.exportGive},
		{"given_show", "GET /cases/{case}/given", desk.SeeAccess, s.givenShow},
		{"given_table", "GET /cases/{case}/given.csv", desk.SeeAccess, s.givenTableFile},
		{"verify_show", "GET /verify", desk.SeeSpace, s.verifyShow},
		{"verify_check", "POST /verify", desk.SeeSpace, s.verifyCheck},

		// Help
		{"help_list", "GET /help", desk.SeeSpace, s.helpList},
		{"help_show", "GET /help/{topic}", desk.SeeSpace, s.helpShow},

		// Settings
		{"settings_show", "GET /settings", desk.SeeSpace, s.settingsShow},
		{"settings_save", "POST /settings", desk.ChangeSelf, s.settingsSave},
		{"settings_space", "POST /settings/space", desk.ChangeSpace, s.settingsSpace},
		{"settings_copy", "POST /settings/copy", desk.CopyAll, s.settingsCopy},
		{"own_papers", "GET /settings/papers", desk.ChangeSpace, s.ownPapers},
		{"own_paper_take", "POST /settings/papers", desk.ChangeSpace, s.ownPaperTake},
		{"own_paper_file", "GET /settings/papers/{from}/{document}", desk.ChangeSpace, s.ownPaperFile},
		{"own_paper_drop", "POST /settings/papers/own/{document}/drop", desk.ChangeSpace, s.ownPaperDrop},
		{"letterhead_save", "POST /settings/letterhead", desk.ChangeSpace, s.letterheadSave},
		{"letterhead_logo", "GET /settings/letterhead/logo", desk.ChangeSpace, s.letterheadLogo},
		{"letterhead_sample", "GET /settings/letterhead/sample.pdf", desk.ChangeSpace, s.letterheadSample},

		// A phone on the home network
		{"pair_show", "GET /pair", desk.ChangeSelf, s.pairShow},
		{"pair_open", "POST /pair", desk.ChangeSelf, s.pairOpen},
		{"pair_end", "POST /pair/end", desk.ChangeSelf, s.pairEnd},
		{"pair_phone", "GET /phone/{key}", desk.Open, s.phoneShow},
		{"pair_enter", "POST /phone", desk.Open, s.phoneEnter},

		// One's own ways in
		{"account_show", "GET /account", desk.ChangeSelf, s.accountShow},
		{"account_make", "POST /account/new", desk.ChangeSelf, s.signUpSave},
		{"login_save", "POST /account/login", desk.ChangeSelf, s.loginSave},
		{"account_end", "GET /account/end", desk.Open, s.accountEnd},
		{"account_ended", "POST /account/end", desk.Open, s.accountEnded},
		{"passphrase_save", "POST /account/passphrase", desk.ChangeSelf, s.passphraseSave},
		{"passphrase_drop", "POST /account/passphrase/drop", desk.ChangeSelf, s.passphraseDrop},
		{"app_save", "POST /account/app", desk.ChangeSelf, s.appSave},
		{"codes_make", "POST /account/codes", desk.ChangeSelf, s.codesMake},
		{"passkey_new", "POST /account/passkeys", desk.ChangeSelf, s.told(s.passkeyNew)},
		{"passkey_add", "POST /account/passkeys/finish", desk.ChangeSelf, s.told(s.passkeyAdd)},
		{"passkey_drop", "POST /account/passkeys/{passkey}/drop", desk.ChangeSelf, s.passkeyDrop},
		{"space_switch", "POST /space", desk.ChangeSelf, s.spaceSwitch},
		{"device_list", "GET /devices", desk.ChangeSelf, s.deviceList},
		{"device_end_others", "POST /devices/end", desk.ChangeSelf, s.deviceEndOthers},
		{"device_end", "POST /devices/{device}/end", desk.ChangeSelf, s.deviceEnd},

		// Who read what
		{"access_show", "GET /access", desk.SeeSpace, s.accessShow},
		{"access_table", "GET /access.csv", desk.SeeSpace, s.accessTableFile},

		// A family's own space on somebody's server, and leaving it
		{"host_show", "GET /families", desk.HostFamily, s.hostShow},
		{"host_offer", "POST /families", desk.HostFamily, s.hostOffer},
		{"host_end", "POST /families/{id}/end", desk.HostFamily, s.hostEnd},
		{"welcome_show", "GET /welcome/{token}", desk.Open, s.welcomeShow},
		{"welcome_accept", "POST /welcome/{token}", desk.Open, s.welcomeAccept},
		{"leave_show", "GET /leave", desk.LeaveSpace, s.leaveShow},
		{"leave_take", "POST /leave/take", desk.LeaveSpace, s.leaveTake},
		{"leave_save", "POST /leave", desk.LeaveSpace, s.leaveSave},
		{"receipt_show", "GET /receipt", desk.Open, s.receiptShow},
		{"receipt_check", "POST /receipt", desk.Open, s.receiptCheck},

		// The same user's other commands
		{"control_seen", "POST /control/seen", desk.Open, s.controlSeen},
		{"control_link", "POST /control/link", desk.Open, s.controlLink},
		{"control_pair", "POST /control/pair", desk.Open, s.controlPair},
		{"control_unpair", "POST /control/unpair", desk.Open, s.controlUnpair},
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
		r, err := s.seenAs(r, rt)
		if err != nil {
			s.answer(w, r, err)
			return
		}
		// The desk asks again; asked here, nothing that was sent is read or kept of
		// somebody who may not do it, and what may not be done says so at once.
		if rt.needs != desk.Open {
			if err := s.desk.Denied(who(r), rt.needs, caseID(r)); err != nil {
				s.answer(w, r, err)
				return
			}
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
