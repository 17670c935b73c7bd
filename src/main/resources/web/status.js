"use strict";
// Every page reads without this script: it adds the visitor's own zone, the bars' words on touch and
// keyboard, and a fresh copy of the page from time to time.

const forms = {
  second: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  day: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  full: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" },
  minute: { hour: "2-digit", minute: "2-digit" },
};

function localTimes(root) {
  const lang = document.documentElement.lang;
  const words = lang === "en" ? "en-GB" : lang;
  const today = new Date().toDateString();
  for (const time of root.querySelectorAll("time[data-form]")) {
    const at = new Date(time.dateTime);
    if (isNaN(at)) continue;
    let form = time.dataset.form;
    if (form === "near") form = at.toDateString() === today ? "minute" : "day";
    time.title = time.textContent;
    time.textContent = at.toLocaleString(words, { ...forms[form], hourCycle: "h23", timeZoneName: "short" });
  }
}

// A copy on another server cannot know that it is old: the visitor's clock does.
function age(main) {
  const notice = document.getElementById("stale");
  const since = Date.now() - Date.parse(main.dataset.asOf);
  if (notice && since > 5 * 60 * 1000 && since < 5 * 365 * 86400 * 1000) notice.hidden = false;
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

// What happened on a day, with links to its incidents, under the bars.
function tell(strip, bar) {
  if (!bar) return;
  const old = strip.parentElement.querySelector(".told");
  const same = old?.dataset.of === bar.dataset.words;
  old?.remove();
  if (same) return;
  const told = document.createElement("div");
  told.className = "told";
  told.dataset.of = bar.dataset.words;
  told.setAttribute("role", "status");
  const entries = [...strip.parentElement.querySelectorAll("[data-day]")];
  const entry = entries.find((item) => item.dataset.day === bar.dataset.words);
  if (entry) told.append(...[...entry.childNodes].map((node) => node.cloneNode(true)));
  else told.textContent = bar.dataset.words;
  strip.after(told);
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
    strip.addEventListener("click", (event) => {
      const bar = event.target.closest("i");
      if (bar) at = all.indexOf(bar);
      tell(strip, bar);
    });
    const back = document.documentElement.dir === "rtl" ? 1 : -1;
    strip.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        tell(strip, all[at]);
        return;
      }
      const step = { ArrowLeft: at + back, ArrowRight: at - back, Home: 0, End: all.length - 1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      move(step);
    });
  }
}

function enhance(main) {
  localTimes(main);
  bars(main);
  age(main);
}

async function refresh(main) {
  if (document.hidden || main.contains(document.activeElement) && document.activeElement !== main) return;
  const answer = await fetch(location.href, { cache: "no-cache" }).catch(() => null);
  if (!answer?.ok) return age(main);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  if (!fresh) return;
  const open = [...main.querySelectorAll("details[open][id]")].map((details) => details.id);
  main.dataset.asOf = fresh.dataset.asOf;
  main.replaceChildren(...fresh.childNodes);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  enhance(main);
}

// Menus close on Escape and when the focus leaves them.
for (const menu of document.querySelectorAll("details.menu")) {
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

const main = document.querySelector("main[data-refresh]");
if (main) {
  enhance(main);
  setInterval(() => refresh(main), Number(main.dataset.refresh) * 1000);
}
