// What a script adds to choosing who sees something, and to audiences. Read after app.js.

/** The choice as it stands in a form, worked out by this page's own device; null: it could not be. */
async function workedOut(who) {
  const { form } = who.querySelector("input");
  const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  body.set("prefix", who.dataset.who);
  if (who.querySelector('input[name$="keep"]')) body.set("keepable", "yes");
  const answer = await fetch("/who", { method: "POST", body, cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("[data-who]");
  // What it is a choice of, only this page knows.
  for (const place of ["summary span", ".panel legend"]) {
    next.querySelector(place).firstChild.data = who.querySelector(place).firstChild.data;
  }
  return next;
}

/** The sentence, the names and the button say what the boxes mean now. */
function sayWho(who, next) {
  const { form } = who.querySelector("input");
  who.className = next.className;
  who.querySelector("summary").replaceChildren(...next.querySelector("summary").childNodes);
  who.querySelector(".result").replaceChildren(...next.querySelector(".result").cloneNode(true).childNodes);
  const [button, said] = [
    form.querySelector('button.main-do[value="post"]'),
    form.elements.namedItem("said"),
  ];
  if (who.dataset.who !== "" || !button || !said) return;
  button.textContent = next.dataset.button;
  said.value = next.dataset.said;
}

for (const who of all("[data-who]")) {
  const { form } = who.querySelector("input");
  let [asked, wait] = [0, 0];
  const renew = async (then) => {
    clearTimeout(wait);
    const mine = ++asked;
    const next = await workedOut(who);
    // Another box was ticked meanwhile: that answer counts.
    if (next && mine === asked) then(next);
  };
  who.addEventListener("change", ({ target }) => {
    if (target.type === "checkbox" || target.type === "radio") renew((next) => sayWho(who, next));
  });
  // Whom the text names gets it too.
  form.elements.namedItem("text")?.addEventListener("input", () => {
    if (who.classList.contains("all")) return;
    clearTimeout(wait);
    wait = setTimeout(() => renew((next) => sayWho(who, next)), 600);
  });
  who.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key !== "Enter" || target.type !== "text") return;
    event.preventDefault();
    who.querySelector(`button[value="${target.name}"]`).click();
  });
  who.addEventListener("click", (event) => {
    const button = event.target.closest('button[name="do"]');
    // Enter in another field of the form presses the first button there is.
    const used = document.activeElement;
    if (!button || !who.contains(used)) return;
    event.preventDefault();
    const name = used.type === "text" ? used.name : button.value;
    renew((next) => {
      const keep = who.querySelector('input[name$="keep"]')?.checked ?? false;
      sayWho(who, next);
      who.querySelector(".panel").replaceChildren(...next.querySelector(".panel").childNodes);
      const kept = who.querySelector('input[name$="keep"]');
      if (kept) kept.checked = keep;
      (who.querySelector(`input[name="${name}"]`) ?? who.querySelector(`button[value="${name}"]`))?.focus();
    });
  });
}

// People are dragged onto an audience; each can be opened and a name typed as well.
for (const box of all("[data-drag]")) {
  box.hidden = false;
  const kind = "text/x-tssop-person";
  box.addEventListener("dragstart", (event) => {
    const person = event.target.closest("[data-person]");
    if (!person) return;
    event.dataTransfer.setData(kind, JSON.stringify({ ...person.dataset }));
    event.dataTransfer.effectAllowed = "copy";
  });
  const cardAt = ({ target }) => target.closest?.("[data-audience]");
  const over = (card) => {
    for (const one of all("[data-audience]")) one.classList.toggle("over", one === card);
  };
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes(kind)) return;
    const card = cardAt(event);
    over(card);
    if (card) event.preventDefault();
  });
  document.addEventListener("dragend", () => over(null));
  document.addEventListener("drop", async (event) => {
    const card = cardAt(event);
    const given = event.dataTransfer.getData(kind);
    if (!card || given === "") return;
    event.preventDefault();
    over(null);
    const { person, name } = JSON.parse(given);
    const body = new URLSearchParams({ do: "put", person, form: box.dataset.drag });
    const headers = { "x-tssop-live": "1" };
    const path = `/people/audiences/${card.dataset.audience}`;
    const answer = await fetch(path, { method: "POST", body, headers, cache: "no-store" }).catch(() => null);
    if (answer?.status !== 204) return;
    await renew([card]);
    say(box.dataset.done.replace("{name}", name).replace("{audience}", card.dataset.name));
  });
}
