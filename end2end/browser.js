// The options with which Chromium is started, and those of its pages.

/** A small phone. */
export const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/**
 * Returns the options of a launch: the browser that xtask has found, and the switches
 * for containers.
 */
export function launchOptions() {
  return {
    executablePath: process.env.CHROMIUM,
    args: [
      // A container has neither the sandbox's privileges nor a graphics card.
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      // The languages in the requests of service workers. The locale of a test applies only to its
      // pages.
      "--accept-lang=ru-RU",
    ],
  };
}

/**
 * Returns the same options with a camera that shows `clip` (a y4m file) in a loop. A page may use
 * it if its context has the permission.
 */
export function withCamera(options, clip) {
  const camera = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${clip}`];
  return { ...options, args: [...options.args, ...camera] };
}
