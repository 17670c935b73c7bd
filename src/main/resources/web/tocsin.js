"use strict";
// Pages of the console read without this script: it adds the reader's own zone. The public page has
// status.js.

function localTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (isNaN(at) || time.dateTime.length < 12) continue;
    const local = at.toLocaleString([], { dateStyle: "medium", timeStyle: "long" });
    time.title = local;
    if ("local" in time.dataset) {
      time.textContent = at.toLocaleString([], {
        day: "numeric", month: "short", hour: "2-digit", minute: "2-digit",
        hourCycle: "h23", timeZoneName: "short" });
    }
  }
}

localTimes(document);
// The console's live parts are console.js; here only their times.
if (document.querySelector(".offline")) {
  document.addEventListener("htmx:afterSettle", (event) => localTimes(event.target));
}
