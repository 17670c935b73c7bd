// The state of a Tocsin status page on another site:
//   <script src="https://status.example.com/embed/script.js" async></script>
// A card in a corner, only while something is wrong, under maintenance or planned within a day.
// data-lang="en | de | fr | es | hi", without it the visitor's language;
// data-position="bottom-right | bottom-left | top-right | top-left | inline", data-show="always".
// Needs no more of a Content-Security-Policy than this host in script-src and connect-src.
(() => {
  "use strict";
  const me = document.currentScript;
  if (!me || !window.CSSStyleSheet || !("adoptedStyleSheets" in document)) return;
  const home = new URL("../", me.src);
  const place = me.dataset.position || "bottom-right";
  const always = me.dataset.show === "always" || place === "inline";
  const DAY = 86400000;
  const OLD = 300000;

  const css = `
:host { all: initial; color-scheme: light dark; }
.card { box-sizing: border-box; display: grid; grid-template-columns: auto 1fr auto; gap: 2px 10px; align-items: start;
  padding: 12px 8px 12px 14px; font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; text-align: start;
  color: light-dark(#171b22, #e8ebef); background: light-dark(#fff, #171b21);
  border: 1px solid light-dark(#cfd5dd, #39424e); border-inline-start: 6px solid var(--tone); border-radius: 10px; }
.corner { position: fixed; z-index: 2147483000; width: min(360px, calc(100vw - 32px)); box-shadow: 0 4px 16px rgb(0 0 0 / .18); }
.bottom-right { bottom: 16px; right: 16px; } .bottom-left { bottom: 16px; left: 16px; }
.top-right { top: 16px; right: 16px; } .top-left { top: 16px; left: 16px; }
.inline { display: inline-grid; max-width: 100%; padding: 8px 14px; }
svg { width: 18px; height: 18px; margin-top: 1px; fill: var(--tone); }
a { color: inherit; font-weight: 600; text-underline-offset: 3px; overflow-wrap: anywhere; }
a:focus-visible, button:focus-visible { outline: 3px solid light-dark(#1d4ed8, #8ab4ff); outline-offset: 2px; border-radius: 4px; }
p { grid-column: 2; margin: 0; color: light-dark(#545d6b, #a3adba); overflow-wrap: anywhere;
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
button { all: unset; box-sizing: border-box; width: 44px; height: 44px; margin: -12px -8px -12px 0; text-align: center; font-size: 20px; cursor: pointer;
  color: light-dark(#545d6b, #a3adba); }
.good { --tone: light-dark(#0b7a55, #35c48d); } .blue { --tone: light-dark(#2563c9, #79aefc); }
.amber { --tone: light-dark(#946000, #f2b83d); } .orange { --tone: light-dark(#c2460a, #ff8a4c); }
.red { --tone: light-dark(#b0122b, #ff6b7a); } .grey { --tone: light-dark(#69727f, #8d97a5); }`;

  // Colour and shape: a disc with a hook, a triangle, a half disc, an octagon, a square, a dash.
  const shapes = {
    good: "M9 0a9 9 0 1 0 0 18A9 9 0 0 0 9 0Zm-1.3 13L4 9.3l1.4-1.4 2.3 2.3 4.9-4.9L14 6.7Z",
    amber: "M9 1 18 17H0Zm-1 5v6h2V6Zm0 7v2h2v-2Z",
    orange: "M9 0a9 9 0 1 0 0 18A9 9 0 0 0 9 0Zm0 2a7 7 0 0 1 0 14Z",
    red: "M5.3 0h7.4L18 5.3v7.4L12.7 18H5.3L0 12.7V5.3ZM8 4v6h2V4Zm0 8v2h2v-2Z",
    blue: "M1 1h16v16H1Zm7 3v2h2V4Zm0 4v6h2V8Z",
    grey: "M1 7h16v4H1Z",
  };
  const tones = { none: "good", minor: "amber", major: "orange", critical: "red", maintenance: "blue" };
  // Of each language: filled in from the words of the page when this file is served.
  const WORDS = /* words */ {};
  const wished = [me.dataset.lang, ...(navigator.languages || [])].filter(Boolean);
  const primary = (tag) => tag.toLowerCase().split(/[-_]/)[0];
  const lang = wished.map(primary).find((tag) => Object.hasOwn(WORDS, tag)) || "en";
  const locale = wished.find((tag) => primary(tag) === lang) || lang;
  const say = (key, ...values) => said(WORDS[lang], key, ...values);
  const said = (words, key, ...values) => words[key].replace(/\{(\d)\}/g, (hole, n) => values[n]);
  function when(text) {
    const shape = { dateStyle: "medium", timeStyle: "short" };
    try { return new Date(text).toLocaleString(locale, shape); } catch { return new Date(text).toLocaleString(lang, shape); }
  }
  const severities = { critical: "critical", major: "high", minor: "medium", none: "low" };
  const list = (words, names) => names.length < 2 ? names.join("")
    : said(words, "list", names.slice(0, -1).join(", "), names.at(-1));

  function title(incident, names) {
    const severity = severities[incident.impact];
    if (lang === "en" || !severity) return incident.name;
    return names.length ? say("title", list(WORDS[lang], names), say("severity.inline." + severity)) : say("severity." + severity);
  }
  // What the page says by itself comes in English and is said anew; a person's words stand as they are.
  function automatic(words, status, impact, names) {
    const what = names.length ? list(words, names) : words.service;
    if (!words["update." + status] || !severities[impact]) return "";
    return status === "investigating" ? said(words, "update.investigating", said(words, "trouble." + severities[impact], what))
      : said(words, "update." + status, what);
  }
  function body(incident, names) {
    const [update] = incident.incident_updates;
    if (!update) return "";
    const ours = lang !== "en" && update.body === automatic(WORDS.en, update.status, incident.impact, names);
    return ours ? automatic(WORDS[lang], update.status, incident.impact, names) : update.body;
  }
  function overall({ indicator, description }) {
    if (lang === "en") return description;
    if (description === "Status Unknown") return say("widget.unknown");
    return WORDS[lang]["overall." + indicator] || description;
  }

  // What is most worth saying, or nothing.
  function pick(page) {
    if (Date.now() - Date.parse(page.page.updated_at) > OLD) {
      return always && { key: "old", tone: "grey", title: say("widget.unknown"), text: "", link: "" };
    }
    const [incident] = page.incidents;
    if (incident) {
      const more = page.incidents.length - 1;
      const names = (incident.components || []).map((component) => component.name);
      const first = title(incident, names);
      return {
        key: incident.id + incident.updated_at,
        tone: tones[incident.impact] || "amber",
        title: more ? say("widget.more", first, more) : first,
        text: body(incident, names),
        link: incident.shortlink,
      };
    }
    const works = page.scheduled_maintenances;
    const active = works.find((work) => work.status === "in_progress" || work.status === "verifying");
    const soon = works.find((work) => work.status === "scheduled" && Date.parse(work.scheduled_for) - Date.now() < DAY);
    const { indicator, description } = page.status;
    const words = overall(page.status);
    if (indicator !== "none" && indicator !== "maintenance") {
      return { key: description, tone: tones[indicator], title: words, text: "", link: "" };
    }
    if (active) {
      return { key: active.id + active.status, tone: "blue", title: active.name, link: active.shortlink,
        text: say("widget.until", when(active.scheduled_until)) };
    }
    if (soon) {
      return { key: soon.id, tone: "blue", title: soon.name, link: soon.shortlink,
        text: say("widget.planned", when(soon.scheduled_for), when(soon.scheduled_until)) };
    }
    const unknown = description === "Status Unknown";
    return always && { key: "fine", tone: unknown ? "grey" : tones[indicator], title: words, text: "", link: "" };
  }

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const live = document.createElement("div");
  live.setAttribute("role", "status");
  live.lang = lang;
  root.append(live);
  let shown = "";

  const closed = (key) => {
    try { return sessionStorage.getItem("tocsin-status-closed") === key; } catch { return false; }
  };
  const close = (key) => {
    try { sessionStorage.setItem("tocsin-status-closed", key); } catch { /* then it comes back on the next page */ }
    live.replaceChildren();
  };

  function icon(tone) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 18 18");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(svg.namespaceURI, "path");
    path.setAttribute("d", shapes[tone]);
    path.setAttribute("fill-rule", "evenodd");
    svg.append(path);
    return svg;
  }

  function show(news) {
    const said = news ? JSON.stringify(news) : "";
    if (said === shown) return;
    shown = said;
    live.replaceChildren();
    if (!news || place !== "inline" && closed(news.key)) return;
    const card = document.createElement("div");
    card.className = `card ${news.tone} ${place === "inline" ? "inline" : "corner " + place}`;
    const link = document.createElement("a");
    link.href = new URL(news.link || "./", home).href;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = news.title;
    card.append(icon(news.tone), link);
    if (place !== "inline") {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-label", say("widget.close"));
      button.textContent = "\u00d7";
      button.addEventListener("click", () => close(news.key));
      card.append(button);
    }
    if (news.text) {
      const text = document.createElement("p");
      text.textContent = news.text;
      card.append(text);
    }
    live.append(card);
  }

  async function look() {
    if (document.hidden) return;
    try {
      const answer = await fetch(new URL("api/v2/summary.json", home),
        { credentials: "omit", signal: AbortSignal.timeout(10000) });
      if (answer.ok) show(pick(await answer.json()));
    } catch { /* the status page is away: what was shown stays */ }
  }

  const begin = () => {
    if (place === "inline") me.after(host);
    else document.body.append(host);
    look();
    setInterval(look, 60000);
    document.addEventListener("visibilitychange", look);
  };
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();
