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

function enhance(root) {
  localTimes(root);
}

async function refresh(main) {
  if (document.hidden || main.contains(document.activeElement) && document.activeElement !== main) return;
  const answer = await fetch(location.href, { cache: "no-cache" }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  if (!fresh) return;
  const open = [...main.querySelectorAll("details[open][id]")].map((details) => details.id);
  main.replaceChildren(...fresh.childNodes);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  enhance(main);
}

// The console's live parts are console.js; here only their times.
function live() {
  document.addEventListener("htmx:afterSettle", (event) => localTimes(event.target));
}

enhance(document);
if (document.querySelector(".offline")) live();
const main = document.querySelector("main[data-refresh]");
if (main) setInterval(() => refresh(main), Number(main.dataset.refresh) * 1000);
