// The room's page: one WebSocket brings snapshots of what this view may see; acts go by POST.
import { composer } from "./composer.js";
import { forms } from "./form.js";
import { avatar, body, element, message } from "./message.js";
import { drawPeople, drawPlaces, drawThreads, titleOf } from "./sidebar.js";

const byId = (id) => document.getElementById(id);
const log = byId("log");
const view = { who: sessionStorage.getItem("who") ?? "p1", place: sessionStorage.getItem("place") ?? "general" };
let state = null;
let commands = [];
let socket = null;
let shownFor = "";
let pressed = null;
let clockTimer = 0;
const narrow = matchMedia("(max-width: 62rem)");

// --- talking to the server

async function act(name, values) {
  const response = await fetch(`/api/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(values),
  }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (answer && !answer.problem) return answer;
  complain(answer?.problem ?? "The room does not answer. Is it still running in the terminal?");
  return null;
}

function connect() {
  socket = new WebSocket(`ws://${location.host}/api/view`);
  socket.onopen = () => { byId("offline").hidden = true; look(); };
  socket.onmessage = (event) => {
    const news = JSON.parse(event.data);
    if (news.commands) commands = news.commands;
    else draw(news);
  };
  socket.onclose = () => { byId("offline").hidden = false; setTimeout(connect, 1000); };
}

function look(change = {}) {
  Object.assign(view, change);
  sessionStorage.setItem("who", view.who);
  sessionStorage.setItem("place", view.place);
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(view));
}

// --- telling people things

let complaint = 0;
function complain(text) {
  byId("problem").textContent = text;
  byId("problem").hidden = false;
  clearTimeout(complaint);
  complaint = setTimeout(() => { byId("problem").hidden = true; }, 8000);
}

function announce(text) {
  byId("news").textContent = "";
  requestAnimationFrame(() => { byId("news").textContent = text; });
}

const format = (at, options) => new Intl.DateTimeFormat("en-GB", { timeZone: state.zone, ...options }).format(new Date(at));
const dayOf = (at) => format(at, { weekday: "long", day: "numeric", month: "long" }).replace(",", "");
const hourOf = (at) => format(at, { hour: "2-digit", minute: "2-digit" });
const now = () => Date.parse(state.now) + (performance.now() - state.received);

// --- drawing

function draw(fresh) {
  if (!fresh.people.some((one) => one.id === view.who)) view.who = fresh.me.id;
  if (fresh.me.id !== view.who || (fresh.place !== view.place && fresh.place !== "general")) return;
  view.place = fresh.place;
  const before = state;
  state = { ...fresh, received: performance.now() };
  document.body.dataset.ready = "yes";
  drawPlaces(state, go);
  drawPeople(state, (who) => look({ who }));
  drawMe();
  drawPlace();
  drawLog(before);
  drawClock();
  form.show(state.form);
}

function drawMe() {
  byId("me-name").textContent = state.me.name;
  document.title = `${state.me.name} · Rehearsal room · Common Ground`;
  byId("me-avatar").replaceWith(Object.assign(avatar(state.me, true), { id: "me-avatar" }));
  byId("move").textContent = `${state.me.here ? "Leave" : "Join"} as ${state.me.name}`;
  byId("move").className = state.me.here ? "plain" : "main";
  byId("words-label").textContent = `Message as ${state.me.name}`;
  byId("words").placeholder = narrow.matches ? `Write as ${state.me.name}` : `Write as ${state.me.name}, or type / for commands`;
}

const ABOUT = { welcome: "Newcomers are greeted here.", rules: "A quiet place for the rules.", general: "The main channel: votes and news stand here." };

function drawPlace() {
  const place = state.places.find((one) => one.key === state.place);
  const forum = place?.kind === "forum";
  byId("place-title").textContent = place ? titleOf(place) : "Outside the group";
  byId("place-title").className = place?.kind ?? "";
  byId("place-about").textContent = !state.readable ? "" : place?.kind === "direct" ? `Only ${state.me.name} and the bot can read this.` : forum ? "A forum: each topic is a thread." : (ABOUT[state.place] ?? "");
  byId("forum").hidden = !(forum && state.readable);
  log.hidden = forum || !state.readable;
  byId("composer").hidden = forum || !state.readable;
  byId("outside").hidden = state.readable;
  byId("outside").querySelector("p").textContent = state.me.newcomer ? `${state.me.name} has not joined the group yet, so there is nothing to read here.` : `${state.me.name} has left the group.`;
  byId("join-here").textContent = `Join as ${state.me.name}`;
  if (forum) drawThreads(state, go);
}

function drawLog(before) {
  const people = new Map(state.people.map((one) => [one.id, one]));
  const direct = state.places.some((one) => one.key === state.place && one.kind === "direct");
  const menu = direct ? [] : commands.filter((one) => one.menu && (!one.moderators || state.me.moderator));
  const helpers = { people, time: hourOf, press, menu, use };
  const key = `${state.me.id} ${state.place}`;
  const moved = key !== shownFor;
  let atEnd = moved || log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  if (moved) { log.replaceChildren(); log.setAttribute("aria-busy", "true"); }
  shownFor = key;
  const known = new Map([...log.children].map((node) => [node.dataset.id, node]));
  let last = null;
  let fresh = null;
  let day = "";
  for (const one of state.messages) {
    let node = known.get(String(one.id));
    known.delete(String(one.id));
    if (!node) {
      node = holder(one);
      if (last) last.after(node); else log.prepend(node);
      if (!moved && one.private && one.bot) {
        announce("New answer. Only you can see it.");
        atEnd = true;
      }
      if (!moved) fresh ??= node;
    }
    if (node.dataset.rev !== String(one.rev)) fill(node, one, helpers, !moved && node.dataset.rev);
    const its = dayOf(one.at);
    if (its === day) delete node.dataset.day;
    else node.dataset.day = day = its;
    last = node;
  }
  for (const node of known.values()) {
    if (node.contains(document.activeElement)) log.focus();
    node.remove();
  }
  if (!log.children.length) log.append(Object.assign(document.createElement("p"), { className: "empty", textContent: "Nothing here yet." }));
  drawPinned();
  log.removeAttribute("aria-busy");
  if (atEnd) log.scrollTop = Math.min(log.scrollHeight, fresh ? topOf(fresh) : Infinity);
}

// A long answer is read from its beginning.
function topOf(node) {
  return log.scrollTop + node.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
}

function holder(one) {
  const node = document.createElement("article");
  node.dataset.id = one.id;
  node.tabIndex = -1;
  return node;
}

function fill(node, one, helpers, changed) {
  const focused = node.contains(document.activeElement) && document.activeElement !== node;
  const key = document.activeElement?.dataset?.key;
  node.className = [`is-${one.kind}`, one.private ? "private" : "", one.bot ? "from-bot" : ""].join(" ").trim();
  node.setAttribute("aria-label", one.private ? "Private answer" : one.bot ? "Message from Common Ground" : `Message from ${one.name}`);
  node.replaceChildren(message(one, helpers));
  node.dataset.rev = one.rev;
  if (changed && one.private) announce(`The answer changed. ${one.body.flatMap((block) => block.spans.map((span) => span.text)).join(" ")}`);
  if (focused || pressed === one.id) {
    const again = key ? node.querySelector(`[data-key="${CSS.escape(key)}"]`) : null;
    (again ?? node).focus({ preventScroll: true });
    pressed = null;
  }
}

function drawPinned() {
  const pinned = state.messages.filter((one) => one.pinned);
  const box = byId("pinned");
  box.hidden = !pinned.length || log.hidden;
  box.querySelector("summary").textContent = `Pinned (${pinned.length})`;
  const rev = pinned.map((one) => one.rev).join();
  if (box.dataset.rev === rev) return;
  box.dataset.rev = rev;
  box.querySelector("div").replaceChildren(...pinned.map((one) => body(one.body)));
}

function drawClock() {
  const draw = () => {
    byId("now").textContent = `It is ${dayOf(now())}, ${hourOf(now())} in the room.`;
    byId("me-time").textContent = `${format(now(), { weekday: "short" })} ${hourOf(now())}`;
  };
  clearInterval(clockTimer);
  clockTimer = setInterval(draw, 5000);
  draw();
  const due = state.due && element("span", {}, `(${format(state.due, { weekday: "short", day: "numeric", month: "short" }).replace(",", "")}, ${hourOf(state.due)})`);
  byId("next").replaceChildren(...(due ? ["To the next thing due ", due] : ["Nothing is due"]));
  byId("next").setAttribute("aria-disabled", String(!state.due));
}

// --- what people do

function go(place) {
  look({ place });
  close();
}

async function press(one, button) {
  pressed = one.id;
  await act("press", { who: view.who, message: one.id, payload: button.payload });
  setTimeout(() => { pressed = null; }, 300);
}

async function use(one, command) {
  await act("use", { who: view.who, message: one.id, command: command.name });
}

const line = composer({
  send: (text) => { log.scrollTop = log.scrollHeight; act("say", { ...view, text }); },
  ask: async (text) => (await act("choices", { ...view, text }))?.choices ?? [],
  commands: () => commands,
  isModerator: () => state?.me.moderator,
});
const form = forms({
  fill: (values) => act("fill", { who: view.who, values }),
  dismiss: () => act("dismiss", { who: view.who }),
});

byId("move").onclick = () => act(state.me.here ? "leave" : "join", { who: view.who });
byId("join-here").onclick = async () => { await act("join", { who: view.who }); line.focus(); };
byId("add-person").onsubmit = async (event) => {
  event.preventDefault();
  const made = await act("person", { name: byId("person-name").value, moderator: byId("person-moderator").checked });
  if (!made) return;
  await act("join", { who: made.id });
  event.target.reset();
  byId("add").open = false;
  look({ who: made.id });
  byId("add").querySelector("summary").focus();
};
byId("new-thread").onsubmit = async (event) => {
  event.preventDefault();
  const made = await act("thread", { who: view.who, title: byId("thread-title").value, text: byId("thread-words").value });
  if (!made) return;
  event.target.reset();
  look({ place: made.place });
  byId("place-title").focus();
};
for (const button of document.querySelectorAll("[data-time]")) {
  button.onclick = async () => {
    if (button.getAttribute("aria-disabled") === "true" || document.body.dataset.moving) return;
    document.body.dataset.moving = "yes";
    const done = await act("time", { to: button.dataset.time });
    delete document.body.dataset.moving;
    if (done) setTimeout(() => announce(byId("now").textContent), 150);
  };
}

// --- drawers on narrow screens

let opener = null;

function open(button) {
  opener = button;
  const side = byId(button.getAttribute("aria-controls"));
  side.classList.add("open");
  button.setAttribute("aria-expanded", "true");
  byId("shade").hidden = false;
  byId("main").inert = true;
  side.querySelector("[data-close]").focus();
}

function close() {
  if (!opener) return;
  for (const side of document.querySelectorAll(".side.open")) side.classList.remove("open");
  opener.setAttribute("aria-expanded", "false");
  byId("shade").hidden = true;
  byId("main").inert = false;
  opener.focus();
  opener = null;
}

for (const button of [byId("open-left"), byId("open-right")]) button.onclick = () => { const same = opener === button; close(); if (!same) open(button); };
for (const button of document.querySelectorAll("[data-close]")) button.onclick = close;
byId("shade").onclick = close;
narrow.addEventListener("change", () => { close(); if (state) drawMe(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && opener) close(); });
if (narrow.matches) byId("try").open = false;

connect();
