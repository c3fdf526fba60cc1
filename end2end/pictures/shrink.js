// Makes pictures small enough for the repository.

import { execFileSync } from "node:child_process";

/** Reduces a PNG to 256 colours. On screens with flat areas the difference is hardly visible. */
export function shrink(png) {
  return execFileSync("pngquant", ["--speed", "1", "--strip", "--nofs", "256", "-"], { input: png });
}
