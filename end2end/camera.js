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

/**
 * Writes a clip of a QR code with `text`, held by a hand that moves a little. The last frame
 * continues with the first, because the fake camera plays the clip in a loop. Returns its path and
 * a function that removes it.
 */
export function makeClip(text) {
  const directory = mkdtempSync(join(tmpdir(), "bonex-camera-"));
  const path = join(directory, "clip.y4m");
  const file = openSync(path, "w");
  const code = encode(text, { ecc: "M", border: 0 });
  writeSync(file, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n`);
  // Grey: both colour planes, each a quarter of the picture, have the middle value.
  const colours = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  for (let frame = 0; frame < FRAMES; frame += 1) {
    writeSync(file, "FRAME\n");
    writeSync(file, brightness(code, pose(frame / FRAMES)));
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
function brightness(code, { x, y, turn }) {
  const plane = Buffer.alloc(WIDTH * HEIGHT, AROUND);
  const modules = code.size + 2 * QUIET;
  const [cos, sin] = [Math.cos(turn) * (modules / SIDE), Math.sin(turn) * (modules / SIDE)];
  for (let row = 0; row < HEIGHT; row += 1) {
    for (let column = 0; column < WIDTH; column += 1) {
      const [right, down] = [column - x, row - y];
      const across = Math.floor(right * cos + down * sin + modules / 2);
      const along = Math.floor(down * cos - right * sin + modules / 2);
      if (across < 0 || along < 0 || across >= modules || along >= modules) continue;
      const isDark = code.data[along - QUIET]?.[across - QUIET] ?? false;
      plane[row * WIDTH + column] = isDark ? DARK : LIGHT;
    }
  }
  return plane;
}
