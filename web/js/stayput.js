// Comfort for pages that work without it.
document.documentElement.classList.add("js");
