// What a script adds to a conversation: it begins at the newest, Ctrl and Enter sends, what is looked at counts as read. Read after app.js.

const talk = () => document.getElementById("talk");
const say = document.querySelector("[data-say]");

if (talk() && (location.hash === "" || location.hash === "#say")) toEnd();

function toEnd() {
  (document.querySelector(".say") ?? talk()).scrollIntoView({ block: "end" });
}

say?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const button = say.form.querySelector('[value="send"]');
  if (!button.disabled && say.value.trim() !== "") say.form.requestSubmit(button);
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
