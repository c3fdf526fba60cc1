// Pictures as small as they can be in a tree.

import { execFileSync } from "node:child_process";

/** A PNG with at most 256 colours, which screens of flat areas hardly miss. */
export function shrink(png) {
  return execFileSync("pngquant", ["--speed", "1", "--strip", "--nofs", "256", "-"], { input: png });
}
