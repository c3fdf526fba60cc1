// How Chromium is started.

/** Options for a launch: the browser that `scripts/lib.sh` has found, and what a container lacks. */
export function launchOptions() {
  return {
    executablePath: process.env.CHROMIUM,
    args: [
      // A container has neither the sandbox's privileges nor a graphics card.
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      // What a service worker asks for: a test's own locale goes only as far as its pages.
      "--accept-lang=ru-RU",
    ],
  };
}

/**
 * The same options with a camera that shows `clip` (a y4m file) over and over. A page may use it where its context
 * has the permission.
 */
export function withCamera(options, clip) {
  const camera = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${clip}`];
  return { ...options, args: [...options.args, ...camera] };
}
