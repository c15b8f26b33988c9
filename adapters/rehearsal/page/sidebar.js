// Channels, threads and people. Redrawn whole; the focus stays on what had it.
import { avatar, element } from "./message.js";

export function keepFocus(container, draw) {
  const key = container.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  draw();
  if (key) container.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

export const titleOf = (place) =>
  place.kind === "direct" ? "Private chat with Common Ground" : place.kind === "forum" ? "Living with type 1" : place.title;

export function drawPlaces(state, go) {
  const box = document.getElementById("places");
  keepFocus(box, () => {
    const group = section("Channels", state.places.filter((one) => one.kind === "channel"), state, go);
    const forum = section("Forum", state.places.filter((one) => one.kind === "forum" || one.kind === "thread"), state, go);
    const own = section("Only you", state.places.filter((one) => one.kind === "direct"), state, go);
    box.replaceChildren(...[group, forum, own].filter(Boolean));
  });
}

function section(title, places, state, go) {
  if (!places.length) return null;
  const list = element("ul");
  for (const place of places) {
    const here = place.key === state.place;
    const mark = place.kind === "channel" ? "#" : place.kind === "thread" ? "›" : place.kind === "forum" ? "≡" : "@";
    const button = element(
      "button",
      { type: "button", class: `place ${place.kind}`, "data-key": place.key, "aria-current": here ? "page" : null, onclick: () => go(place.key) },
      element("span", { class: "mark", "aria-hidden": "true" }, mark),
      element("span", { class: "title", dir: "auto" }, place.kind === "direct" ? "Common Ground" : titleOf(place)),
    );
    if (place.unread && !here) {
      button.append(element("span", { class: "unread" }, String(place.unread), element("span", { class: "hidden" }, " new")));
    }
    list.append(element("li", {}, button));
  }
  return element("section", {}, element("h2", {}, title), list);
}

export function drawThreads(state, go) {
  const box = document.getElementById("threads");
  const threads = state.places.filter((one) => one.kind === "thread");
  keepFocus(box, () => {
    box.replaceChildren(
      ...threads.map((one) =>
        element("button", { type: "button", class: "topic", "data-key": one.key, onclick: () => go(one.key) },
          element("span", { dir: "auto" }, one.title),
          element("span", { class: "quiet" }, one.unread ? `${one.unread} new` : "")),
      ),
    );
  });
}

const roleOf = (person) => {
  const role = person.moderator ? "moderator" : "member";
  return person.here ? role : person.newcomer ? "newcomer" : "has left";
};

export function drawPeople(state, choose) {
  const box = document.getElementById("people");
  keepFocus(box, () => {
    box.replaceChildren(
      ...state.people.map((person) => {
        const input = element("input", { type: "radio", name: "who", value: person.id, "data-key": person.id, onchange: () => choose(person.id) });
        input.checked = person.id === state.me.id;
        return element("label", { class: person.here ? "person" : "person away" }, input, avatar(person),
          element("span", {}, element("bdi", { class: "name" }, person.name), element("span", { class: "quiet role" }, roleOf(person))));
      }),
    );
  });
}
