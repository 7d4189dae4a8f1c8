// What a script adds to a conversation: it begins at the newest, Ctrl and Enter sends, what is looked at counts as
// read. Read after app.js, whose names it shares.
{
  const place = () => document.getElementById("talk");
  const field = document.querySelector("[data-talk]");
  const page = document.scrollingElement;
  // The field keeps to the end of the window, so it is no place to go to.
  const toEnd = () => page.scrollTo(0, page.scrollHeight);
  const inBackground = { "x-tssop-live": "1" };

  const seen = async () => {
    const path = place()?.dataset.unseen;
    if (!path || document.visibilityState !== "visible") return;
    delete place().dataset.unseen;
    const token = document.querySelector('input[name="form"]').value;
    const body = new URLSearchParams({ do: "seen", form: token });
    await fetch(path, { method: "POST", body, headers: inBackground, cache: "no-store" }).catch(() => null);
  };

  if (field) {
    // As tall as what is in it, up to a third of the window.
    const grow = () => {
      field.style.blockSize = "auto";
      if (field.value !== "")
        field.style.blockSize = `${Math.min(field.scrollHeight + 2, innerHeight / 3)}px`;
    };
    field.addEventListener("input", grow);
    grow();
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      const button = field.form.querySelector('[value="send"]');
      const hasFile = field.form.querySelector("[data-file]");
      if (!button.disabled && (field.value.trim() !== "" || hasFile)) field.form.requestSubmit(button);
    });
    // Whoever goes from here to a page that comes back takes along what was begun.
    document.addEventListener("click", async (event) => {
      const link = event.target.closest("a[data-after-draft]");
      const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (!link || !plain || field.value === field.defaultValue) return;
      event.preventDefault();
      const body = new URLSearchParams(new FormData(field.form));
      body.set("do", "save");
      const sent = { method: "POST", body, headers: inBackground, cache: "no-store" };
      await fetch(field.form.action, sent).catch(() => null);
      location.href = link.href;
    });
  }

  if (place()) {
    if (location.hash === "" || location.hash === "#say") {
      toEnd();
      // The browser goes to the field by itself once all is here, which may be there already.
      addEventListener("load", () => requestAnimationFrame(toEnd));
    }
    // The part is exchanged when something new is there (app.js); whoever reads at the end stays there.
    const isAtEnd = () => innerHeight + scrollY > page.scrollHeight - 160;
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
    // What a menu holds is brought into view.
    const shown = ({ target }) => {
      if (target.open && target.closest(".bub"))
        target.querySelector("div").scrollIntoView({ block: "nearest" });
    };
    document.addEventListener("toggle", shown, true);
  }
}
