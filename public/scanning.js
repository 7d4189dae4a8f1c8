// What a script adds to reading a code: the camera. What it sees goes to this page's own device, which reads it and
// keeps nothing. Read after app.js, whose names it shares.
for (const card of all("[data-scan]")) {
  const part = card.querySelector("[data-camera]");
  const [start, stop, view] = ["start", "stop", "view"].map((name) => part.querySelector(`[data-${name}]`));
  const [video, words] = [part.querySelector("video"), part.querySelector("[data-says]")];
  const picked = card.querySelector('input[type="file"]');
  if (!navigator.mediaDevices?.getUserMedia) continue;
  part.hidden = false;
  // A phone would open its camera for the field too; it is for pictures that are there already.
  picked.removeAttribute("capture");

  const BETWEEN = 600;
  const LONGEST = 120_000;
  const WIDEST = 1280;
  const canvas = document.createElement("canvas");
  let stream = null;
  // Counts up whenever the camera is started or stopped: what began before comes to nothing.
  let turn = 0;

  const tell = (text) => {
    if (words.textContent !== text) words.textContent = text;
  };
  const show = (on) => {
    const used = part.contains(document.activeElement);
    start.hidden = on;
    stop.hidden = !on;
    view.hidden = !on;
    if (used) (on ? stop : start).focus();
  };
  const release = (of) => {
    for (const track of of?.getTracks() ?? []) track.stop();
  };
  const end = (text) => {
    turn += 1;
    release(stream);
    stream = null;
    video.srcObject = null;
    show(false);
    tell(text);
  };

  const frame = () => {
    const size = Math.min(1, WIDEST / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * size);
    canvas.height = Math.round(video.videoHeight * size);
    canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
  };
  /** What the device makes of what is to be seen now; null: it does not answer, or the pages were locked meanwhile. */
  const look = async () => {
    const picture = video.videoWidth === 0 ? null : await frame();
    if (!picture) return { text: "", says: "" };
    const body = new FormData();
    body.set("form", picked.form.elements.namedItem("form").value);
    body.set(picked.name, picture, "seen.jpg");
    const sent = { method: "POST", body, headers: { "x-tssop-live": "1" }, cache: "no-store" };
    const answer = await fetch(picked.form.action, sent).catch(() => null);
    const isRead = answer?.ok && answer.headers.get("content-type")?.startsWith("application/json");
    if (answer && !isRead) location.reload();
    return isRead ? answer.json() : null;
  };
  const found = (text) => {
    end(part.dataset.found);
    const field = document.getElementById(card.dataset.scan);
    field.value = text;
    field.form.requestSubmit();
  };
  const search = async (mine) => {
    const began = performance.now();
    while (mine === turn) {
      const next = performance.now() + BETWEEN;
      const seen = await look();
      if (mine !== turn) return;
      if (!seen) {
        end(part.dataset.off);
      } else if (seen.text !== "") {
        found(seen.text);
      } else if (performance.now() - began > LONGEST) {
        end(part.dataset.tired);
      } else {
        tell(seen.says || part.dataset.looking);
        await new Promise((resolve) => setTimeout(resolve, Math.max(100, next - performance.now())));
      }
    }
  };

  const whyNot = ({ name }) => {
    if (name === "NotFoundError" || name === "OverconstrainedError") return part.dataset.noCamera;
    return name === "NotAllowedError" || name === "SecurityError"
      ? part.dataset.notAllowed
      : part.dataset.notNow;
  };
  start.addEventListener("click", async () => {
    const mine = ++turn;
    show(true);
    tell(part.dataset.opening);
    try {
      const wanted = { facingMode: { ideal: "environment" }, width: { ideal: WIDEST } };
      const opened = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
      // It was stopped while the browser asked.
      if (mine !== turn) {
        release(opened);
        return;
      }
      stream = opened;
      for (const track of opened.getTracks())
        track.addEventListener("ended", () => mine === turn && end(part.dataset.notNow));
      video.srcObject = opened;
      await video.play();
      await search(mine);
    } catch (error) {
      if (mine === turn) end(whyNot(error));
    }
  });

  const isOn = () => !stop.hidden;
  stop.addEventListener("click", () => end(part.dataset.off));
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && isOn()) end(part.dataset.off);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && isOn()) end(part.dataset.off);
  });
  addEventListener("pagehide", () => {
    if (isOn()) end(part.dataset.off);
  });
}
