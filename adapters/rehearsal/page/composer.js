// The line to write in, with suggestions: the ARIA combobox pattern with a listbox.
import { element } from "./message.js";

export function composer({ send, ask, commands, isModerator }) {
  const form = document.getElementById("composer");
  const words = document.getElementById("words");
  const list = document.getElementById("suggestions");
  let items = [];
  let chosen = -1;
  let asked = 0;

  function show(found) {
    items = found;
    chosen = found.length ? 0 : -1;
    list.replaceChildren(
      ...found.map((item, number) =>
        element(
          "li",
          { role: "option", id: `option-${number}`, "aria-selected": String(number === chosen), onmousedown: (event) => { event.preventDefault(); take(number); } },
          element("span", { class: "name" }, item.name),
          element("span", { class: "quiet" }, item.help),
        ),
      ),
    );
    list.hidden = !found.length;
    words.setAttribute("aria-expanded", String(found.length > 0));
    mark();
  }

  function mark() {
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
    if (chosen < 0) words.removeAttribute("aria-activedescendant");
    else {
      words.setAttribute("aria-activedescendant", `option-${chosen}`);
      list.children[chosen].scrollIntoView({ block: "nearest" });
    }
  }

  function take(number) {
    words.value = items[number].insert;
    words.focus();
    show([]);
    if (words.value.endsWith(" ")) suggest();
  }

  async function suggest() {
    const typed = words.value;
    const mine = ++asked;
    if (!typed.startsWith("/")) return show([]);
    const space = typed.indexOf(" ");
    if (space < 0) return show(named(typed.slice(1).toLowerCase()));
    const command = commands().find((one) => one.name === typed.slice(1, space));
    if (!command?.argument) return show([]);
    const found = await ask(typed);
    if (mine !== asked || words.value !== typed) return;
    show(found.map(([insert, shown]) => ({ insert: `/${command.name} ${insert}`, name: shown, help: "" })));
  }

  function named(start) {
    return commands()
      .filter((one) => one.name.startsWith(start) && (!one.moderators || isModerator()))
      .map((one) => ({
        insert: `/${one.name}${one.argument ? " " : ""}`,
        name: `/${one.name}${one.argument ? ` [${one.argument}]` : ""}`,
        help: one.help,
      }));
  }

  function submit() {
    const text = words.value;
    if (!text.trim()) return;
    words.value = "";
    asked += 1;
    show([]);
    send(text);
  }

  const whole = () => chosen >= 0 && items[chosen].insert.trim() === words.value.trim();

  words.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = items.length > 0;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length;
      mark();
    } else if (open && event.key === "Escape") {
      asked += 1;
      show([]);
    } else if (open && event.key === "Tab" && !event.shiftKey && !whole()) {
      take(chosen);
    } else if (event.key === "Enter") {
      if (open && words.value.indexOf(" ") < 0 && !whole()) take(chosen);
      else if (open && chosen > 0 && !whole()) take(chosen);
      else submit();
    } else return;
    event.preventDefault();
  });
  words.addEventListener("input", suggest);
  words.addEventListener("blur", () => show([]));
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });

  return { clear: () => { words.value = ""; show([]); }, focus: () => words.focus() };
}
