// The bot's forms, as modal dialogs. The browser keeps the focus inside and gives it back at the end.
import { body, element } from "./message.js";

export function forms({ fill, dismiss }) {
  const dialog = document.getElementById("form");
  const fields = document.getElementById("form-fields");
  let open = null;

  function field(one) {
    const id = `field-${one.name}`;
    const props = { id, name: one.name, maxlength: one.longest, required: !one.optional, "aria-describedby": `${id}-left`, dir: "auto" };
    const input = one.lines > 1 ? element("textarea", { ...props, rows: one.lines }) : element("input", { ...props, autocomplete: "off" });
    input.value = one.value;
    const left = element("p", { class: "quiet", id: `${id}-left` });
    const count = () => { left.textContent = `${one.longest - input.value.length} characters left`; };
    input.addEventListener("input", count);
    count();
    const label = element("label", { for: id }, one.label);
    if (one.optional) label.append(element("span", { class: "quiet" }, " (you may leave this empty)"));
    return element("div", { class: "field" }, label, input, left);
  }

  function show(form) {
    if ((form?.id ?? null) === open) return;
    open = form?.id ?? null;
    if (!form) return dialog.close();
    document.getElementById("form-title").textContent = form.title;
    document.getElementById("form-note").replaceChildren(body(form.note));
    fields.replaceChildren(...form.fields.map(field));
    if (!dialog.open) dialog.showModal();
    fields.querySelector("input, textarea")?.focus();
  }

  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    fill(Object.fromEntries([...fields.querySelectorAll("input, textarea")].map((input) => [input.name, input.value])));
  });
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); dismiss(); });
  document.getElementById("form-cancel").addEventListener("click", () => dismiss());
  return { show };
}
