"use strict";
// The console's liveness: parts are fetched anew when the feed says that they changed, clocks count,
// keys act, the palette finds. Everything that is only read works without this script.

const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/* Feed: what changed, with what was missed while the connection was away. */
function feed() {
  const notice = $(".offline");
  const position = $("meta[name=live-position]").content;
  let seen = position;
  let source = null;
  let lost = 0;
  let due = 0;

  const refresh = (topic) => {
    for (const part of all("[data-live]")) {
      const topics = part.dataset.live.split(" ");
      if (topic === "everything" || topics.includes(topic)) part.dataset.due = "1";
    }
    if (!due) due = setTimeout(swap, 150);
  };
  const swap = () => {
    due = 0;
    if (document.hidden) return;
    for (const part of all("[data-due]")) {
      delete part.dataset.due;
      htmx.trigger(part, "live");
    }
  };
  const open = () => {
    source = new EventSource("/live?after=" + encodeURIComponent(seen));
    source.addEventListener("hello", (event) => { lost = 0; notice.hidden = true; });
    source.addEventListener("changed", (event) => { seen = event.lastEventId; refresh(event.data); });
    source.onerror = () => {
      if (!lost) lost = Date.now();
      // The server ends a stream once a minute: only a connection that stays away is worth a word.
      setTimeout(() => {
        if (!lost || Date.now() - lost < 3500) return;
        $("[data-since]", notice).textContent = clockTime(lost);
        notice.hidden = false;
      }, 4000);
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 3000);
    };
  };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) swap(); });
  window.refreshLive = () => refresh("everything");
  open();
}

/* A time of day, in the zone of all others on these pages. */
function clockTime(millis) {
  return new Date(millis).toISOString().slice(11, 19) + " UTC";
}

/* Clocks: amber from 75 % on, red after the target, in words too. */
function span(seconds) {
  const s = Math.floor(Math.abs(seconds));
  const pair = (a, b, x, y) => b ? `${a} ${x} ${b} ${y}` : `${a} ${x}`;
  if (s < 60) return s + " s";
  if (s < 3600) return Math.floor(s / 60) + " min";
  if (s < 86400) return pair(Math.floor(s / 3600), Math.floor(s % 3600 / 60), "h", "min");
  return pair(Math.floor(s / 86400), Math.floor(s % 86400 / 3600), "d", "h");
}

let skew = 0;
function tick() {
  const now = Date.now() + skew;
  for (const clock of all("[data-deadline]")) {
    const start = Date.parse(clock.dataset.started), end = Date.parse(clock.dataset.deadline);
    const left = (end - now) / 1000;
    const tone = left < 0 ? "over" : (now - start) / (end - start) >= 0.75 ? "near" : "running";
    const words = span(left) + (left < 0 ? " over" : " left");
    if (clock.textContent !== words) clock.textContent = words;
    const kind = clock.dataset.tone;
    const face = clock.closest("." + kind);
    for (const other of ["over", "near", "running"]) face?.classList.toggle(kind + "-" + other, other === tone);
  }
  for (const time of all("time[data-ago]")) time.textContent = span((now - Date.parse(time.dateTime)) / 1000) + " ago";
}

/* Toasts, with undo. */
function toast(detail) {
  const box = document.createElement("div");
  box.className = "toast" + (detail.trouble ? " trouble" : "");
  const words = document.createElement("span");
  words.textContent = detail.text;
  box.append(words);
  if (detail.undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.dataset.undo = "";
    button.textContent = "Undo";
    button.addEventListener("click", () => {
      box.remove();
      htmx.ajax("POST", detail.undo, { swap: "none" });
    });
    box.append(button);
  }
  $("#toasts").append(box);
  setTimeout(() => box.remove(), detail.undo ? 12000 : 6000);
}

/* A live part may have been drawn anew while the dialog was open: a form that left the page with it
   submits nothing, so it is put back, unseen, and what was confirmed is done. */
function stillHere(form) {
  if (form.isConnected) return form;
  form.hidden = true;
  form.addEventListener("htmx:afterRequest", () => form.remove(), { once: true });
  document.body.append(form);
  htmx.process(form);
  return form;
}

/* Confirmation: what cannot be undone is asked first. */
function confirming() {
  const dialog = $("#confirm");
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset?.confirm || form.dataset.sure) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    $("#confirm-title").textContent = form.dataset.confirm;
    $("#confirm-text").textContent = form.dataset.confirmText ?? "";
    $("#confirm-yes").textContent = form.dataset.confirmYes ?? "Yes";
    const wants = "confirmReason" in form.dataset;
    const reason = $("#confirm-reason");
    reason.hidden = !wants;
    $("label[for=confirm-reason]").hidden = !wants;
    reason.value = "";
    dialog.returnValue = "no";
    dialog.onclose = () => {
      if (dialog.returnValue !== "yes") return;
      form.dataset.sure = "1";
      if (wants && reason.value.trim()) {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = "reason";
        field.value = reason.value.trim();
        form.append(field);
      }
      stillHere(form).requestSubmit();
      delete form.dataset.sure;
    };
    dialog.showModal();
    (wants ? reason : $("#confirm-yes")).focus();
  }, true);
}

/* Palette. */
function palette() {
  const dialog = $("#palette"), text = $("#palette-text"), hits = $("#palette-hits");
  const open = (words) => {
    if (!dialog.open) dialog.showModal();
    text.value = words ?? "";
    text.focus();
    htmx.trigger(text, "open");
  };
  window.openPalette = open;
  $("[data-palette]").addEventListener("focus", (event) => {
    if (event.target.matches(":focus-visible") && matchMedia("(pointer: fine)").matches) return;
  });
  $("[data-palette]").addEventListener("input", (event) => {
    const words = event.target.value;
    event.target.value = "";
    open(words);
    text.setSelectionRange(words.length, words.length);
  });
  dialog.addEventListener("keydown", (event) => {
    const list = all("[data-hit]", hits);
    const at = list.indexOf(document.activeElement);
    if (event.key === "ArrowDown") { event.preventDefault(); (list[at + 1] ?? list[0])?.focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); at <= 0 ? text.focus() : list[at - 1].focus(); }
    if (event.key === "Enter" && document.activeElement === text) {
      event.preventDefault();
      list[0]?.click();
    }
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  hits.addEventListener("htmx:afterRequest", () => { if (dialog.open) dialog.close(); });
}

/* Keys. */
/* A press on the composer's switch takes no focus from the text: the composer would shrink and the
   switch jump away before the press ends. */
document.addEventListener("mousedown", (event) => {
  if (event.target instanceof Element && event.target.closest("#composer .switch label")) event.preventDefault();
});

function keys() {
  let go = false;
  let at = null;
  const rows = () => all("[data-row]");
  const mark = (row, scroll) => {
    for (const other of all(".at")) other.classList.remove("at");
    at = row?.dataset.row ?? null;
    row?.classList.add("at");
    if (scroll) row?.scrollIntoView({ block: "nearest" });
  };
  window.markRow = () => { if (at) mark(rows().find((row) => row.dataset.row === at)); };
  const current = () => rows().find((row) => row.dataset.row === at) ?? $("[data-here]") ?? (rows().length === 1 ? rows()[0] : null);
  const box = $("#single-keys");
  box.checked = localStorage.getItem("single-keys") !== "off";
  box.addEventListener("change", () => localStorage.setItem("single-keys", box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return openPalette();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !box.checked) return;
    /* A dialog that was just closed has the focus until the next frame: nobody types there. */
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (typing && !typing.closest("dialog:not([open])") || $("dialog[open]")) return;
    if (go) {
      go = false;
      const link = $(`[data-go="${CSS.escape(event.key)}"]`);
      if (link) location.href = link.href;
      return;
    }
    const list = rows();
    const index = list.findIndex((row) => row.dataset.row === at);
    switch (event.key) {
      case "/": event.preventDefault(); return openPalette();
      case "?": return $("#keys").showModal();
      case "g": go = true; setTimeout(() => { go = false; }, 1200); return;
      case "j": return mark(list[Math.min(list.length - 1, index + 1)], true);
      case "k": return mark(list[Math.max(0, index - 1)], true);
      case "z": return $("[data-undo]")?.click();
      case "x": return $("[data-pick]", current() ?? list[0] ?? document)?.click();
      case "X": return $("[data-all]")?.click();
      case "Enter":
        if (at && event.target === document.body) $("[data-open]", current())?.click();
        return;
      default: {
        if (event.key.length !== 1) return;
        if ($("[data-pick]:checked")) {
          const many = $(`[data-many="${event.key}"]`);
          if (many) { event.preventDefault(); return many.click(); }
        }
        if (!"auer".includes(event.key)) return;
        const row = current() ?? list[0];
        const target = row && $(`[data-key="${event.key}"]`, row);
        if (!target) return;
        event.preventDefault();
        mark(row, false);
        target.click();
        if (event.key === "u") $("#text")?.focus();
      }
    }
  });
}

/* Choosing rows: the boxes outlive the rows' being fetched anew, and what is chosen is counted. */
function choosing() {
  const form = $("form.choosing");
  if (!form) return;
  const whole = $("[data-all]", form), picks = () => all("[data-pick]", form);
  const count = () => {
    const chosen = picks().filter((box) => box.checked).length;
    $("[data-chosen]", form).textContent = chosen ? chosen + " chosen" : "";
    whole.checked = chosen > 0 && chosen === picks().length;
    whole.indeterminate = chosen > 0 && !whole.checked;
    for (const button of all("[data-many]", form)) button.disabled = chosen === 0;
  };
  form.addEventListener("change", (event) => {
    if (event.target === whole) for (const box of picks()) box.checked = whole.checked;
    count();
  });
  let kept = new Set();
  form.addEventListener("htmx:beforeSwap", () => { kept = new Set(picks().filter((box) => box.checked).map((box) => box.value)); });
  form.addEventListener("htmx:afterSwap", () => {
    for (const box of picks()) box.checked = kept.has(box.value);
    count();
  });
  addEventListener("pageshow", count);
  count();
}

/* Charts: the server's drawing stands until the interactive one is there. */
const COLOURS = ["#3b7dd8", "#d9822b", "#5a9e4b", "#b65fc2", "#c9454a", "#3aa3a0", "#8c7a3f", "#7d6bd0"];
let uplot = null;
function loadUplot() {
  const script = $("script[data-uplot]");
  uplot ??= new Promise((resolve, reject) => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = script.dataset.uplotStyle;
    document.head.append(style);
    const code = document.createElement("script");
    code.src = script.dataset.uplot;
    code.onload = () => resolve(window.uPlot);
    code.onerror = reject;
    document.head.append(code);
  });
  return uplot;
}

function figure(value, unit) {
  if (value == null) return "no value";
  const text = Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-3)
    ? value.toExponential(3) : String(Number(value.toPrecision(4)));
  return unit ? text + " " + unit : text;
}

function utc(seconds) {
  return new Date(seconds * 1000).toISOString().slice(11, 19) + " UTC";
}

async function draw(box) {
  if (box.dataset.drawn) return;
  box.dataset.drawn = "1";
  try {
    const [uPlot, answer] = await Promise.all([loadUplot(), fetch(box.dataset.chart)]);
    if (!answer.ok) return;
    const data = await answer.json();
    if (data.times.length) plot(uPlot, box, data);
  } catch { /* the drawing of the server stays */ }
}

function plot(uPlot, box, data) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => {
    const probe = document.createElement("i");
    probe.style.color = `var(${name})`;
    box.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
  const soft = colour("--soft"), edge = colour("--edge"), red = colour("--red");
  const image = $("img", box);
  const readout = document.createElement("p");
  readout.className = "readout";
  const words = (i) => i == null ? "" : utc(data.times[i]) + ": " + data.series
    .map((one) => (data.series.length > 1 ? one.name + " " : "") + figure(one.values[i], data.unit)).slice(0, 6).join(", ");
  const marks = (chart) => {
    const { ctx, bbox } = chart;
    ctx.save();
    if (data.from) {
      const from = Math.max(bbox.left, chart.valToPos(data.from, "x", true));
      const to = data.to ? Math.min(bbox.left + bbox.width, chart.valToPos(data.to, "x", true)) : bbox.left + bbox.width;
      ctx.globalAlpha = 0.12;
      ctx.fillStyle = red;
      if (to > from) ctx.fillRect(from, bbox.top, to - from, bbox.height);
    }
    if (data.threshold != null) {
      const y = chart.valToPos(data.threshold, "y", true);
      ctx.globalAlpha = 1;
      ctx.strokeStyle = red;
      ctx.setLineDash([6, 4]);
      ctx.lineWidth = devicePixelRatio;
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.fillStyle = red;
      ctx.textAlign = "right";
      ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
      ctx.fillText("threshold " + figure(data.threshold, data.unit), bbox.left + bbox.width - 4, y - 5);
    }
    ctx.restore();
  };
  const axis = { stroke: soft, grid: { stroke: edge, width: 1 }, ticks: { stroke: edge, width: 1 }, font: "12px system-ui, sans-serif" };
  const width = box.clientWidth - 32;
  const chart = new uPlot({
    width, height: Number(box.dataset.height ?? 220),
    tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "UTC"),
    legend: { show: false },
    cursor: { y: false, points: { size: 6 } },
    scales: { y: { range: (self, low, high) => {
      const least = data.threshold == null ? low : Math.min(low, data.threshold);
      const most = data.threshold == null ? high : Math.max(high, data.threshold);
      const pad = (most - least || Math.abs(most) || 1) * 0.08;
      return [least >= 0 ? Math.max(0, least - pad) : least - pad, most + pad];
    } } },
    axes: [{ ...axis, size: 32, space: 80, values: (self, ticks, axisIndex, space, step) => ticks.map((at) => step >= 86400 ? new Date(at * 1000).toISOString().slice(5, 10) : step < 60 ? new Date(at * 1000).toISOString().slice(11, 19) : new Date(at * 1000).toISOString().slice(11, 16)) }, { ...axis, size: 64, values: (self, ticks) => ticks.map((tick) => figure(tick, "")), label: data.unit || undefined, labelSize: data.unit ? 18 : 0, labelFont: "12px system-ui, sans-serif" }],
    series: [{}, ...data.series.map((one, i) => ({ label: one.name, stroke: COLOURS[i % COLOURS.length], width: 1.5, spanGaps: false, points: { show: false } }))],
    hooks: { drawClear: [marks], setCursor: [(self) => { readout.textContent = words(self.cursor.idx); }] },
  }, [data.times, ...data.series.map((one) => one.values)], box);
  if (image) image.hidden = true;
  box.append(readout);
  new ResizeObserver(() => {
    const now = box.clientWidth - 32;
    if (now > 0 && now !== chart.width) chart.setSize({ width: now, height: chart.height });
  }).observe(box);
}

function charts(root) {
  for (const box of all("[data-chart]", root)) {
    new IntersectionObserver((seen, watch) => {
      if (seen.some((one) => one.isIntersecting)) { watch.disconnect(); draw(box); }
    }).observe(box);
  }
}

/* Composer: templates fill in, the preview follows. */
function composer() {
  const form = $("#composer");
  if (!form) return;
  const text = $("#text", form);
  const preview = () => htmx.trigger(text, "preview");
  form.addEventListener("change", preview);
  for (const link of all("[data-draft]", form)) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (text.value.trim() && !all("[data-draft]", form).some((one) => one.dataset.draft === text.value)) {
        return toast({ text: "The composer holds words of yours; empty it to take a template.", trouble: true });
      }
      text.value = link.dataset.draft;
      $("#phase", form).value = link.dataset.phase;
      $("input[value=public]", form).checked = true;
      text.focus();
      const gap = text.value.indexOf("...");
      if (gap >= 0) text.setSelectionRange(gap, gap + 3);
      preview();
    });
  }
  if (text.value) preview();
  const key = "composer " + location.pathname;
  if (!text.value) text.value = sessionStorage.getItem(key) ?? "";
  text.addEventListener("input", () => sessionStorage.setItem(key, text.value));
  form.addEventListener("submit", () => sessionStorage.removeItem(key));
}

/* Editor: kept while typing. */
function editor() {
  const form = $("form[data-autosave]");
  if (!form) return;
  const text = $("textarea", form), state = $("[data-autosave-state]", form);
  let timer = 0, kept = text.value;
  const keep = async () => {
    timer = 0;
    if (text.value === kept) return;
    const sent = text.value;
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: new URLSearchParams(new FormData(form)) }).catch(() => null);
    if (answer?.ok) kept = sent;
    state.textContent = answer?.ok ? "Kept at " + clockTime(Date.now()) + ", not saved yet" : "Not kept: no connection to Tocsin";
  };
  text.addEventListener("input", () => {
    state.textContent = "Not saved yet";
    if (!timer) timer = setTimeout(keep, 1500);
  });
}

/* Completion of PromQL: metrics and functions, labels inside braces, values inside quotes. */
function completion() {
  const text = $("[data-promql]");
  if (!text) return;
  const list = document.createElement("ul");
  list.className = "completions";
  list.id = "completions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Completions");
  list.hidden = true;
  text.after(list);
  for (const [name, value] of [["aria-autocomplete", "list"], ["aria-controls", "completions"]]) text.setAttribute(name, value);
  let at = 0, asked = 0, word = null;
  const close = () => { list.hidden = true; text.removeAttribute("aria-activedescendant"); };
  const choose = (index) => {
    at = index;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    list.children[at]?.scrollIntoView({ block: "nearest" });
    text.setAttribute("aria-activedescendant", "completion-" + at);
  };
  const take = (item) => {
    const name = item.dataset.name, call = item.dataset.kind === "function";
    const after = text.value.slice(word.end);
    const insert = call && !after.startsWith("(") ? name + "(" : name;
    text.setRangeText(insert, word.start, word.end, "end");
    close();
    text.focus();
  };
  // What is typed at the cursor: a value of a label, a label, or a name.
  const context = () => {
    const end = text.selectionStart;
    const before = text.value.slice(0, end);
    const value = /([a-zA-Z_:][\w:]*)?\{[^{}]*?([a-zA-Z_]\w*)\s*(?:=|!=|=~|!~)\s*"([^"]*)$/.exec(before);
    if (value) return { query: { label: value[2], ...(value[1] && { metric: value[1] }) }, prefix: value[3], start: end - value[3].length, end };
    const label = /([a-zA-Z_:][\w:]*)?\{(?:[^{}"]|"[^"]*")*?([a-zA-Z_]\w*)?$/.exec(before);
    if (label) return { query: { of: "labels", ...(label[1] && { metric: label[1] }) }, prefix: label[2] ?? "", start: end - (label[2] ?? "").length, end };
    const by = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*?([a-zA-Z_]\w*)?$/.exec(before);
    if (by) return { query: { of: "labels" }, prefix: by[1] ?? "", start: end - (by[1] ?? "").length, end };
    const name = /[a-zA-Z_:][\w:]*$/.exec(before);
    return name && name[0].length > 0 ? { query: {}, prefix: name[0], start: end - name[0].length, end } : null;
  };
  const suggest = async () => {
    word = context();
    const mine = ++asked;
    if (!word) return close();
    const answer = await fetch("/explore/names?" + new URLSearchParams({ ...word.query, prefix: word.prefix })).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const { names } = await answer.json();
    if (!names.length || names.length === 1 && names[0].name === word.prefix) return close();
    list.replaceChildren(...names.map((one, i) => {
      const item = document.createElement("li");
      item.id = "completion-" + i;
      item.setAttribute("role", "option");
      item.dataset.name = one.name;
      item.dataset.kind = one.kind;
      const kind = document.createElement("small");
      kind.textContent = one.kind;
      item.append(one.name, kind);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(item); });
      return item;
    }));
    list.style.top = text.offsetTop + text.offsetHeight + 4 + "px";
    list.hidden = false;
    choose(0);
  };
  let timer = 0;
  text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, 90); });
  text.addEventListener("blur", () => setTimeout(close, 150));
  text.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { event.preventDefault(); return text.form.requestSubmit(); }
    if (event.ctrlKey && event.key === " ") { event.preventDefault(); return suggest(); }
    if (list.hidden) return;
    const many = list.children.length;
    if (event.key === "ArrowDown") { event.preventDefault(); choose((at + 1) % many); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose((at - 1 + many) % many); }
    else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); take(list.children[at]); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
  });
  $("[data-share]")?.addEventListener("click", (event) => {
    navigator.clipboard?.writeText(event.currentTarget.href).then(() => toast({ text: "The address is copied" })).catch(() => {});
  });
}

/* A stretch drawn over a calendar fills the form of who steps in. */
function rotas() {
  const spot = (drawing, event) => {
    const box = drawing.getBoundingClientRect();
    const { from, to, left } = drawing.dataset;
    const start = (left / drawing.viewBox.baseVal.width) * box.width;
    const share = Math.min(1, Math.max(0, (event.clientX - box.left - start) / (box.width - start)));
    return Math.round((Number(from) + share * (to - from)) / 18e5) * 18e5;
  };
  for (const drawing of all(".rota.wide")) {
    const form = document.getElementById("cover-" + drawing.dataset.schedule);
    if (!form) continue;
    const wall = (at) => new Intl.DateTimeFormat("sv-SE", { timeZone: drawing.dataset.zone === "Z" ? "UTC" : drawing.dataset.zone, dateStyle: "short", timeStyle: "short" }).format(at).replace(" ", "T");
    drawing.classList.add("drawing");
    let began = null;
    drawing.addEventListener("pointerdown", (event) => { began = spot(drawing, event); drawing.setPointerCapture(event.pointerId); });
    drawing.addEventListener("pointercancel", () => { began = null; });
    drawing.addEventListener("pointerup", (event) => {
      const ends = spot(drawing, event);
      if (began === null || began === ends) return;
      form.open = true;
      $("[name=start]", form).value = wall(Math.min(began, ends));
      $("[name=end]", form).value = wall(Math.max(began, ends));
      began = null;
      $("[name=person]", form).focus();
    });
  }
}

/* Start. */
document.addEventListener("toast", (event) => {
  toast(event.detail);
  if (!event.detail.trouble) window.refreshLive?.();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const selection = getSelection();
  if (event.target.id === "live" && !selection.isCollapsed && event.target.contains(selection.anchorNode)) event.detail.shouldSwap = false;
  window.openedDetails = all("details[open][id]", event.target).map((one) => one.id);
});
document.addEventListener("htmx:afterSettle", (event) => {
  for (const id of window.openedDetails ?? []) document.getElementById(id)?.setAttribute("open", "");
  charts(event.target);
  window.markRow?.();
  tick();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.target.matches?.("[data-clear]")) event.target.reset();
});
if ($("meta[name=live-position]")) {
  // Clocks go by the server's time, whatever the browser's is.
  skew = Date.parse($("meta[name=live-position]").dataset.now) - Date.now();
  confirming();
  palette();
  keys();
  choosing();
  feed();
  composer();
  editor();
  completion();
  rotas();
  charts(document);
  tick();
  setInterval(tick, 1000);
}
