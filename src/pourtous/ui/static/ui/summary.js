// Where `autofocus` on a summary of errors is not understood, the focus is moved to it.
const summary = document.getElementById("summary");
if (summary && document.activeElement !== summary) summary.focus();
