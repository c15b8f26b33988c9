// Messages as DOM nodes. Every text becomes a text node: nothing here is ever read as HTML.

export function element(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

export function body(blocks) {
  const shown = document.createDocumentFragment();
  for (const block of blocks) {
    const first = block.spans.findIndex((span) => span.item);
    const lead = first < 0 ? block.spans : block.spans.slice(0, first);
    if (lead.length) shown.append(element("p", { dir: "auto" }, ...lead.map(span)));
    if (first >= 0) shown.append(list(block.spans.slice(first)));
  }
  return shown;
}

function list(spans) {
  const numbered = spans.every((one) => !one.item || /^\d+\. /.test(one.text));
  const shown = element("ul", { class: numbered ? "numbered" : null, role: "list" });
  for (const one of spans) {
    if (one.item) shown.append(element("li", { dir: "auto" }));
    shown.lastElementChild.append(span(one));
  }
  return shown;
}

function span(one) {
  let node = document.createTextNode(one.text);
  if (one.bold) node = element("strong", {}, node);
  if (one.underlined) node = element("u", {}, node);
  const url = address(one.url);
  return url ? element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, node) : node;
}

function address(url) {
  try {
    return url && ["https:", "http:", "tel:", "sms:", "mailto:"].includes(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}

export function avatar(person, small = false) {
  const first = [...(person.name || "?")][0].toUpperCase();
  const number = Number(String(person.id).slice(1)) || 0;
  return element("span", { class: `avatar tone-${number % 6}${small ? " small" : ""}`, "aria-hidden": "true" }, first);
}

function botAvatar() {
  return element("span", { class: "avatar bot", "aria-hidden": "true" }, element("i"), element("i"));
}

export function message(one, { people, time, press, menu, use }) {
  if (one.kind === "joined" || one.kind === "left") {
    return element("p", { class: "note", dir: "auto" }, `${one.name} ${one.kind} · ${time(one.at)}`);
  }
  if (one.kind === "command") {
    const typed = one.body.flatMap((block) => block.spans.map((span) => span.text)).join("");
    return element("p", { class: "note typed", dir: "auto" }, "You typed ", element("code", {}, typed));
  }
  const person = people.get(one.author);
  const name = one.bot ? "Common Ground" : one.name;
  const head = element("div", { class: "head" }, element("bdi", { class: "name" }, name));
  if (one.bot) head.append(element("span", { class: "tag" }, "bot"));
  else if (person?.moderator) head.append(element("span", { class: "tag" }, "moderator"));
  head.append(element("time", { datetime: one.at }, time(one.at)));
  if (one.edited) head.append(element("span", { class: "quiet" }, "edited"));
  if (one.pinned) head.append(element("span", { class: "quiet" }, "pinned"));
  if (!one.bot && !one.private && menu.length) head.append(menuOf(one, menu, use));
  const words = element("div", { class: "words" }, head);
  if (one.private) words.append(element("p", { class: "private-mark" }, "Only you can see this"));
  words.append(body(one.body));
  if (one.buttons.length) words.append(buttonRow(one, press));
  return element("div", { class: "said" }, one.bot ? botAvatar() : avatar(person ?? one), words);
}

function menuOf(one, menu, use) {
  const summary = element("summary", { "aria-label": `What to do with this message from ${one.name}` }, "⋯");
  const shown = element("details", { class: "menu" }, summary);
  const choose = (command) => () => { shown.open = false; use(one, command); };
  for (const command of menu) {
    shown.append(element("button", { type: "button", class: "plain", onclick: choose(command) }, command.menu));
  }
  return shown;
}

function buttonRow(one, press) {
  const row = element("div", { class: "buttons", role: "group", "aria-label": "Buttons" });
  for (const button of one.buttons) row.append(button.url ? link(button) : pressable(one, button, press));
  return row;
}

function link(button) {
  const href = address(button.url) ?? "#";
  return element("a", { class: "button", href, target: "_blank", rel: "noopener noreferrer" }, button.label);
}

function pressable(one, button, press) {
  const twin = button.typed ? `Or type ${button.typed}` : null;
  const props = { type: "button", class: "button", title: twin, "aria-description": twin, "data-key": button.payload };
  return element("button", { ...props, onclick: () => press(one, button) }, button.label);
}
