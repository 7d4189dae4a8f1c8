// What a script adds to a conversation: it begins at the newest, Ctrl and Enter sends, what is looked at counts as
// read. Read after app.js, whose names it shares.
{
  const place = () => document.getElementById("talk");
  const field = document.querySelector("[data-talk]");
  const toEnd = () => (document.querySelector(".say") ?? place()).scrollIntoView({ block: "end" });

  const seen = async () => {
    const path = place()?.dataset.unseen;
    if (!path || document.visibilityState !== "visible") return;
    delete place().dataset.unseen;
    const token = document.querySelector('input[name="form"]').value;
    const body = new URLSearchParams({ do: "seen", form: token });
    const headers = { "x-tssop-live": "1" };
    await fetch(path, { method: "POST", body, headers, cache: "no-store" }).catch(() => null);
  };

  if (field) {
    // As tall as what is in it, up to a third of the window.
    const grow = () => {
      field.style.blockSize = "auto";
      field.style.blockSize = `${Math.min(field.scrollHeight + 2, innerHeight / 3)}px`;
    };
    field.addEventListener("input", grow);
    grow();
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      const button = field.form.querySelector('[value="send"]');
      if (!button.disabled && field.value.trim() !== "") field.form.requestSubmit(button);
    });
  }

  if (place()) {
    if (location.hash === "" || location.hash === "#say") toEnd();
    // The part is exchanged when something new is there (app.js); whoever reads at the end stays there.
    const isAtEnd = () => innerHeight + scrollY > document.documentElement.scrollHeight - 160;
    let wasAtEnd = isAtEnd();
    addEventListener("scroll", () => {
      wasAtEnd = isAtEnd();
    });
    new MutationObserver(() => {
      if (wasAtEnd) toEnd();
      seen();
    }).observe(document.querySelector(".convo"), { childList: true });
    document.addEventListener("visibilitychange", seen);
    seen();
  }
}
