/** Reading somebody's code, by the camera or from a picture. */
export const scanEn = {
  scan: {
    heading: "Scan a code",
    use: "Use the camera",
    stop: "Stop the camera",
    view: "What the camera sees",
    opening: "The camera is being opened. Your browser may ask whether it may.",
    looking: "Looking for a code. Hold it still, so that it fills the picture.",
    found: "There it is. One moment.",
    noCamera: "There is no camera here. Use a picture of the code instead.",
    notAllowed:
      "This page may not use the camera. Allow it in your browser, or use a picture of the code instead.",
    notNow:
      "The camera cannot be used just now, perhaps because another program has it. Use a picture of the code instead.",
    off: "The camera is off.",
    tired:
      "No code was there for two minutes, so the camera is off. Use a picture of the code instead, or start it again.",
    picture: "A picture of the code",
    pictureHint: "A photo of it, or a picture of a screen. JPEG, PNG and WebP work.",
    pictureNone: "Choose a picture first.",
    read: "Read the code",
    stays: "What is seen is read on this device only, and not kept.",
  },
};
