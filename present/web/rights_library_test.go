package web

// The requests for the library.
func init() {
	wishes["law_say"] = func(c *cell) wish { return get("/law/say") }
	wishes["law_papers"] = func(c *cell) wish { return get("/law/papers?only=pwn") }
	wishes["law_training"] = func(c *cell) wish { return get("/law/training") }
	wishes["law_training_show"] = func(c *cell) wish { return get("/law/training/first_meeting") }
	wishes["law_resources"] = func(c *cell) wish { return get("/law/resources") }
	wishes["law_resources_table"] = func(c *cell) wish { return get("/law/resources.csv") }
}
