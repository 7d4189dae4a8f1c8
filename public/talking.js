// What a script adds to a conversation: it begins at the newest, Ctrl and Enter sends, what is looked at counts as read. Read after app.js.

const talk = () => document.getElementById("talk");
// Names of app.js are taken: all scripts of a page share them.
const field = document.querySelector("textarea#say");

if (talk() && (location.hash === "" || location.hash === "#say")) toEnd();

function toEnd() {
  document.scrollingElement.scrollTo(0, document.scrollingElement.scrollHeight);
}

field?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const button = field.form.querySelector('[value="send"]');
  if (!button.disabled && field.value.trim() !== "") field.form.requestSubmit(button);
});

async function seen() {
  const path = talk()?.dataset.unseen;
  if (!path || document.visibilityState !== "visible") return;
  delete talk().dataset.unseen;
  const body = new URLSearchParams({ do: "seen", form: document.querySelector('input[name="form"]').value });
  const headers = { "x-tssop-live": "1" };
  await fetch(path, { method: "POST", body, headers, cache: "no-store" }).catch(() => null);
}

if (talk()) {
  // The part is exchanged when something new is there (app.js); whoever reads at the end stays there.
  const atEnd = () => innerHeight + scrollY > document.documentElement.scrollHeight - 160;
  let wasAtEnd = atEnd();
  addEventListener("scroll", () => {
    wasAtEnd = atEnd();
  });
  new MutationObserver(() => {
    if (wasAtEnd) toEnd();
    seen();
  }).observe(document.querySelector(".convo"), { childList: true });
  document.addEventListener("visibilitychange", seen);
  seen();
}

// Whoever goes from here to a page that comes back takes along what was begun.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-after-draft]");
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!link || !field || !plain || field.value === field.defaultValue) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(field.form));
  body.set("do", "save");
  const headers = { "x-tssop-live": "1" };
  await fetch(field.form.action, { method: "POST", body, headers, cache: "no-store" }).catch(() => null);
  location.href = link.href;
});

// What a menu holds is brought into view.
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (target.open && target.closest(".bub"))
      target.querySelector("div").scrollIntoView({ block: "nearest" });
  },
  true,
);
