// Recording a voice for a message, where the browser can: record, stop, listen, send or throw away. Read after app.js.
{
  const kinds = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus"];
  const place = document.querySelector("[data-recorder]");
  const kind = globalThis.MediaRecorder && kinds.find((one) => MediaRecorder.isTypeSupported(one));
  if (place && kind && navigator.mediaDevices?.getUserMedia) {
    const part = (name) => place.querySelector(`[data-${name}]`);
    const [begin, recording, recorded, trouble] = ["record", "recording", "recorded", "trouble"].map(part);
    const player = recorded.querySelector("audio");
    const { form } = begin;
    let recorder = null;
    let voice = null;
    let clock;
    place.hidden = false;

    const show = (what) => {
      begin.hidden = what !== begin;
      recording.hidden = what !== recording;
      recorded.hidden = what !== recorded;
    };
    const said = (words) => {
      trouble.textContent = words;
      trouble.hidden = words === "";
    };
    const forget = () => {
      URL.revokeObjectURL(player.src);
      player.removeAttribute("src");
      voice = null;
      show(begin);
    };

    begin.addEventListener("click", async () => {
      said("");
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
      if (!stream) return said(trouble.dataset.no);
      const pieces = [];
      recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 32_000 });
      recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
      recorder.addEventListener("stop", () => {
        clearInterval(clock);
        for (const track of stream.getTracks()) track.stop();
        voice = new Blob(pieces, { type: kind.split(";")[0] });
        player.src = URL.createObjectURL(voice);
        show(recorded);
        player.focus();
      });
      const from = Date.now();
      const tell = () => {
        const seconds = Math.floor((Date.now() - from) / 1000);
        part("time").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      };
      tell();
      clock = setInterval(tell, 1_000);
      recorder.start();
      show(recording);
      part("stop").focus();
    });
    part("stop").addEventListener("click", () => recorder.stop());
    part("drop-it").addEventListener("click", () => {
      forget();
      begin.focus();
    });

    // It becomes a file of the form like any other, and goes with whatever is written there.
    part("send").addEventListener("click", async ({ target }) => {
      const button = target.closest("button");
      button.disabled = true;
      const headers = {
        "x-tssop-form": form.elements.namedItem("form").value,
        "x-tssop-name": "voice",
        "x-tssop-voice": "1",
        "content-type": voice.type,
      };
      const sent = { method: "POST", body: voice, headers, cache: "no-store" };
      const answer = await fetch("/files/message", sent).catch(() => null);
      button.disabled = false;
      const words = (await answer?.text()) ?? "";
      if (answer?.status !== 200) return said(words || trouble.dataset.no);
      form
        .querySelector("[data-added]")
        .insertAdjacentHTML("beforeend", words.replace("<!doctype html>", ""));
      forget();
      form.requestSubmit(form.querySelector('[value="send"]'));
    });
  }
}
