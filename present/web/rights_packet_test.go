package web

// The requests for packs of papers and for the letters about a week.
func init() {
	wishes["packet_list"] = func(c *cell) wish { return get(c.path("/packs")) }
	wishes["packet_show"] = func(c *cell) wish { return get(c.path("/packs/mediation")) }
	wishes["packet_file"] = func(c *cell) wish { return get(c.path("/packs/meeting/as/pdf")) }
	wishes["friday_show"] = func(c *cell) wish { return get("/friday") }
	wishes["friday_files"] = func(c *cell) wish { return get("/friday.zip") }
	wishes["friday_file"] = func(c *cell) wish { return get(c.path("/friday.eml")) }
}
