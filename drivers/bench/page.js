// Plays the hands. Everything that acts is one line of the hands' language, posted with the page's own token.
"use strict";

const at = (id) => document.getElementById(id);
const token = document.querySelector('meta[name="bench-token"]').content;
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

function make(kind, words, more = {}) {
  return Object.assign(document.createElement(kind), { textContent: words }, more);
}

async function post(path, body) {
  const answer = await fetch(path, { method: "POST", headers: { "X-Bench-Token": token }, body });
  if (answer.status === 403) location.reload(); // another bench, another token
  return answer;
}

function tell(line, fine) {
  at("said").textContent = line;
  at("said").className = fine ? "fine" : "slip";
}

async function hand(line) {
  try {
    const answer = await post("/hand", line);
    const words = (await answer.text()).replace(/^(ok|error) ?/, "");
    tell(answer.ok ? `Done: ${line} ${words}`.trim() : words, answer.ok);
  } catch {
    tell("The bench is gone.", false);
  }
  await look();
}

// --- what lies where ---------------------------------------------------------------------------------------------

const CONTACTS = { // what an open and a closed contact mean
  presence: ["Presence: nobody", "Presence: somebody"],
  tamper: ["Housing: open", "Housing: closed"],
  "service-key": ["Service key: not turned", "Service key: turned"],
};

function describeCard(card) {
  if (!card) return "Nothing lies on the reader.";
  const left = Object.values(card.tries).map((tries) => `${tries}`).join(" and ");
  const whose = card.visitor ? `visitor ${card.visitor}’s card` : "a card";
  return `On the reader: ${whose} (${card.case ?? "unknown"})` + (left ? `, tries left: ${left}` : "");
}

function show(state) {
  at("card").textContent = describeCard(state.card);
  const papers = state.papers.map((paper) => paper.name + (paper.degrees ? ` (${paper.degrees}°)` : ""));
  at("papers").textContent = papers.length ? `On the tray: ${papers.join(", ")}` : "The tray is empty.";
  for (const lamp of document.querySelectorAll(".lamp")) {
    const lit = state.lamps[lamp.dataset.lamp];
    lamp.classList.toggle("lit", lit);
    lamp.title = lit ? "on" : "off";
  }
  at("buzzed").textContent = state.buzzed ? `buzzed ${state.buzzed} times` : "";
  for (const [device, plugged] of Object.entries(state.plugged)) {
    const button = at("cables").querySelector(`[data-device="${device}"]`);
    button.textContent = `${plugged ? "Unplug" : "Plug in"} ${device}`;
    button.classList.toggle("loose", !plugged);
  }
  for (const [name, closed] of Object.entries(state.switches)) {
    const button = at("switches").querySelector(`[data-switch="${name}"]`);
    button.textContent = CONTACTS[name][closed ? 1 : 0];
    button.setAttribute("aria-pressed", closed);
  }
  if (document.activeElement !== at("slow")) at("slow").value = String(state.slow_seconds);
  const wrong = [
    state.portal.open ? "" : "closed for maintenance",
    state.portal.clock_error ? `its clock is ${state.portal.clock_error} s ahead` : "",
  ].filter(Boolean);
  at("portal-state").textContent = wrong.length ? `The portal: ${wrong.join(", ")}` : "";
  const numbers = state.submissions;
  at("received").textContent = numbers.length ? `Received: ${numbers.join(", ")}` : "Nothing was received yet.";
}

let mailsSeen = -1;

async function look() {
  try {
    const state = await (await fetch("/state")).json();
    show(state);
    if (state.mails !== mailsSeen) {
      mailsSeen = state.mails;
      showMails(await (await fetch("/mails")).json());
    }
  } catch {
    tell("The bench is gone.", false);
  }
}

// --- the phone ---------------------------------------------------------------------------------------------------

function turnTo(name) {
  for (const part of ["inbox", "mail", "web"]) at(part).hidden = part !== name;
}

function showMails(mails) {
  at("inbox").replaceChildren(...mails.toReversed().map((mail) => {
    const entry = make("button", "");
    entry.append(make("span", mail.sender, { className: "quiet" }), make("span", mail.subject));
    entry.addEventListener("click", () => read(mail));
    return entry;
  }));
}

function read(mail) {
  at("subject").textContent = mail.subject;
  at("sender").textContent = mail.sender;
  at("text").textContent = mail.text;
  at("open").hidden = !mail.link;
  at("open").onclick = () => { at("site").src = mail.link; turnTo("web"); };
  turnTo("mail");
}

at("back").addEventListener("click", () => turnTo("inbox"));
at("shut").addEventListener("click", () => turnTo("mail"));

// --- the glass ---------------------------------------------------------------------------------------------------

async function mirror() {
  let serial = 0;
  for (;;) {
    try {
      const answer = await fetch(`/glass.jpg?after=${serial}`);
      if (answer.status === 200) {
        serial = Number(answer.headers.get("X-Glass-Serial"));
        const before = at("glass").src;
        at("glass").src = URL.createObjectURL(await answer.blob());
        at("frame").classList.add("lit");
        await at("glass").decode().catch(() => {});
        if (before) URL.revokeObjectURL(before);
      } else if (answer.status === 503) {
        at("frame").classList.remove("lit");
      }
    } catch {
      serial = 0; // a bench that comes back counts anew
      at("frame").classList.remove("lit");
      await pause(1000);
    }
  }
}

function touch(event, down) {
  const glass = at("glass");
  if (!glass.naturalWidth) return;
  const box = glass.getBoundingClientRect();
  const scale = Math.max(glass.naturalWidth / box.width, glass.naturalHeight / box.height);
  const left = box.left + (box.width - glass.naturalWidth / scale) / 2;
  const top = box.top + (box.height - glass.naturalHeight / scale) / 2;
  const within = (value, most) => Math.min(most - 1, Math.max(0, Math.round(value * scale)));
  const x = within(event.clientX - left, glass.naturalWidth);
  const y = within(event.clientY - top, glass.naturalHeight);
  sending = sending.then(() => post("/touch", JSON.stringify({ x, y, down }))).catch(() => {});
}

let sending = Promise.resolve(); // a finger's up must not overtake its down

at("glass").addEventListener("pointerdown", (event) => {
  if (!event.isPrimary || event.button !== 0) return;
  event.preventDefault();
  at("glass").setPointerCapture(event.pointerId);
  touch(event, true);
});
for (const end of ["pointerup", "pointercancel"]) {
  at("glass").addEventListener(end, (event) => event.isPrimary && touch(event, false));
}

// --- the hands ---------------------------------------------------------------------------------------------------

function crib(who) {
  const rows = [
    ["mail", who.mail], ["passwords", who.passwords.join(", then ")],
    ["contract", who.contract || "none (applicant)"], ["receipt", who.receipt],
  ];
  at("crib").replaceChildren(...rows.flatMap(([name, value]) => [make("dt", name), make("dd", value)]));
}

function furnish(choices) {
  const visitors = choices.visitors;
  at("visitor").append(...visitors.map((who) => make("option", `${who.number}  ${who.name}`, { value: who.number })));
  at("visitor").addEventListener("change", () => crib(visitors[at("visitor").value - 1]));
  crib(visitors[0]);
  at("case").append(...choices.cases.map((name) => make("option", name.replaceAll("-", " "), { value: name })));
  at("lay-card").addEventListener("click", () => hand(`lay-card ${at("visitor").value} ${at("case").value}`));
  at("samples").append(...choices.papers.map((name, number) => {
    const button = make("button", name);
    button.addEventListener("click", () => hand(`lay-paper ${number} 0 ${at("visitor").value}`));
    return button;
  }));
  at("cables").append(...["reader", "camera", "panel", "network"].map((device) => {
    const button = make("button", device);
    button.dataset.device = device;
    button.addEventListener("click", () => hand(`${button.classList.contains("loose") ? "plug" : "unplug"} ${device}`));
    return button;
  }));
  at("switches").append(...choices.switches.map((name) => {
    const button = make("button", name);
    button.dataset.switch = name;
    button.addEventListener("click", () => {
      hand(`press ${name} ${button.getAttribute("aria-pressed") === "true" ? "off" : "on"}`);
    });
    return button;
  }));
}

async function layOwn() {
  const file = at("own").files[0];
  at("own").value = "";
  if (!file) return;
  if (file.size > 20e6) return tell("The picture is larger than 20 MB.", false);
  const answer = await post("/paper", file);
  const words = answer.ok ? "your picture lies on the tray" : (await answer.text()).replace(/^error /, "");
  tell(words || "the picture was refused", answer.ok);
  await look();
}

async function begin() {
  furnish(await (await fetch("/choices")).json());
  for (const button of document.querySelectorAll("[data-hand]")) {
    button.addEventListener("click", () => hand(button.dataset.hand));
  }
  at("slow").addEventListener("change", () => hand(`slow ${at("slow").value}`));
  at("break").addEventListener("click", () => hand(at("fault").value));
  at("disturb-now").addEventListener("click", () => hand(at("disturb").value));
  at("own").addEventListener("change", layOwn);
  mirror();
  for (;;) {
    if (!document.hidden) await look();
    await pause(1000);
  }
}

begin();
