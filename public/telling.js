// Being told by the browser that a message came: only where the owner switched it on. Read after app.js.

const SWITCH = "tssop-notices";
const canNotify = "Notification" in window;
const notifies = () =>
  canNotify && Notification.permission === "granted" && localStorage.getItem(SWITCH) === "yes";

let known = null;
async function lookForNew() {
  if (!notifies()) return;
  const answer = await ask("/live/messages");
  if (!answer.ok || !answer.headers.get("content-type").includes("json")) return;
  const { count, quiet, title, text } = await answer.json();
  const more = known !== null && count > known;
  known = count;
  if (!more || quiet || document.hasFocus()) return;
  // Of one tag: several tabs say it once.
  const notice = new Notification(title, { body: text, tag: SWITCH, icon: "/assets/icons/mark.svg" });
  notice.addEventListener("click", () => {
    window.focus();
    location.href = "/messages";
  });
}
if (state === "open") {
  document.addEventListener("tssop-messages", () => lookForNew().catch(() => {}));
  lookForNew().catch(() => {});
}

const box = document.querySelector("[data-notify]");
if (box) {
  const words = box.querySelector("[data-state-words]");
  const show = () => {
    const refused = !canNotify || Notification.permission === "denied";
    words.textContent = refused ? box.dataset.refused : notifies() ? box.dataset.on : box.dataset.off;
    for (const button of all("[data-switch]", box))
      button.hidden = refused || (button.dataset.switch === "yes") === notifies();
  };
  for (const button of all("[data-switch]", box)) {
    button.addEventListener("click", async () => {
      if (button.dataset.switch === "yes") await Notification.requestPermission();
      localStorage.setItem(SWITCH, button.dataset.switch);
      show();
    });
  }
  show();
}
