// Makes a clip for Chromium's fake camera: a client who shows a QR code.

import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { encode } from "uqr";

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES_PER_SECOND = 15;
const FRAMES = 2 * FRAMES_PER_SECOND;

// The brightness of a table, a phone's screen and the ink on it, from 0 to 255.
const AROUND = 96;
const LIGHT = 225;
const DARK = 35;

/** The quiet zone around the code that the standard requires, in modules. */
const QUIET = 4;
/** The side of the code with its quiet zone, in pixels. */
const SIDE = 300;

/** Makes a clip of a QR code with `text`: see {@link makeClipOf}. */
export const makeClip = (text) => makeClipOf(encode(text, { ecc: "M", border: 0 }).data);

/**
 * Writes a clip of a QR code with these rows of dark modules, held by a hand that moves a little.
 * The last frame continues with the first, because the fake camera plays the clip in a loop.
 * Returns its path and a function that removes it.
 */
export function makeClipOf(modules) {
  const directory = mkdtempSync(join(tmpdir(), "bonex-camera-"));
  const path = join(directory, "clip.y4m");
  const file = openSync(path, "w");
  writeSync(file, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n`);
  // Grey: both colour planes, each a quarter of the picture, have the middle value.
  const colours = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  for (let frame = 0; frame < FRAMES; frame += 1) {
    writeSync(file, "FRAME\n");
    writeSync(file, brightness(modules, pose(frame / FRAMES)));
    writeSync(file, colours);
  }
  closeSync(file);
  return { path, remove: () => rmSync(directory, { recursive: true }) };
}

/**
 * Returns the position at a moment from 0 to 1: the middle of the code in pixels, its turn in
 * radians.
 */
function pose(moment) {
  const wave = 2 * Math.PI * moment;
  return {
    x: WIDTH / 2 + 14 * Math.sin(wave),
    y: HEIGHT / 2 + 9 * Math.sin(2 * wave),
    turn: 0.06 * Math.cos(wave),
  };
}

/**
 * Returns the brightness plane of a frame. Each pixel takes the module of the turned code at its
 * place.
 */
function brightness(modules, { x, y, turn }) {
  const plane = Buffer.alloc(WIDTH * HEIGHT, AROUND);
  const side = modules.length + 2 * QUIET;
  const [cos, sin] = [Math.cos(turn) * (side / SIDE), Math.sin(turn) * (side / SIDE)];
  for (let row = 0; row < HEIGHT; row += 1) {
    for (let column = 0; column < WIDTH; column += 1) {
      const [right, down] = [column - x, row - y];
      const across = Math.floor(right * cos + down * sin + side / 2);
      const along = Math.floor(down * cos - right * sin + side / 2);
      if (across < 0 || along < 0 || across >= side || along >= side) continue;
      const isDark = modules[along - QUIET]?.[across - QUIET] ?? false;
      plane[row * WIDTH + column] = isDark ? DARK : LIGHT;
    }
  }
  return plane;
}
