// The colours somebody chose, before anything is painted; without a choice those of their system.
const chosen = localStorage.getItem("theme");
if (chosen) document.documentElement.dataset.theme = chosen;
