"use strict";
// Every page reads without this script: it adds the visitor's own zone, the bars' words on touch and
// keyboard, and a fresh copy of the page from time to time.

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

function show(strip, bar) {
  hide(strip);
  if (!bar || !bar.dataset.words) return;
  bar.classList.add("here");
  const tip = document.createElement("span");
  tip.className = "tip";
  tip.textContent = bar.dataset.words;
  strip.append(tip);
  const middle = bar.offsetLeft + bar.offsetWidth / 2 - tip.offsetWidth / 2;
  tip.style.left = Math.max(0, Math.min(middle, strip.offsetWidth - tip.offsetWidth)) + "px";
  if (document.activeElement === strip) strip.setAttribute("aria-valuetext", bar.dataset.words);
}

function hide(strip) {
  strip.querySelector(".here")?.classList.remove("here");
  strip.querySelector(".tip")?.remove();
}

function bars(root) {
  for (const strip of root.querySelectorAll(".bars")) {
    const all = [...strip.querySelectorAll("i")];
    for (const bar of all) {
      bar.dataset.words = bar.title;
      bar.removeAttribute("title");
    }
    let at = all.length - 1;
    strip.tabIndex = 0;
    strip.setAttribute("role", "slider");
    strip.setAttribute("aria-valuemin", "1");
    strip.setAttribute("aria-valuemax", String(all.length));
    const move = (to) => {
      const first = all.findIndex((bar) => bar.offsetParent !== null);
      at = Math.max(first, Math.min(all.length - 1, to));
      strip.setAttribute("aria-valuenow", String(at + 1));
      show(strip, all[at]);
    };
    strip.setAttribute("aria-valuenow", String(at + 1));
    strip.setAttribute("aria-valuetext", all[at]?.dataset.words ?? "");
    strip.addEventListener("pointerover", (event) => show(strip, event.target.closest("i")));
    strip.addEventListener("pointerleave", () => hide(strip));
    strip.addEventListener("focus", () => strip.matches(":focus-visible") && move(at));
    strip.addEventListener("blur", () => hide(strip));
    strip.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: all.length - 1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      move(step);
    });
  }
}

function enhance(root) {
  localTimes(root);
  bars(root);
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
