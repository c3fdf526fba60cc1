// Starts the sandbox of the channels, which shows what the server would send.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { program } from "./server.js";

/** A token of a bot, of the form that the sandbox takes. */
export const botToken = (bot) => `${bot}:AA${"sandbox".repeat(5).slice(0, 33)}`;

/**
 * Starts `bonex sandbox-channels` on a free port, with the clock of a server that is
 * `secondsAhead`.
 *
 * Returns its address and these functions. `env` are the settings of a server that sends to it,
 * with `bot` as the platform's bot. `messages` returns what has arrived, the newest first; `call`
 * calls a method of a bot; `write` writes to a bot as a person. `stop` ends the sandbox, which also
 * ends with this process.
 */
export async function startSandbox({ profile = "debug", secondsAhead = 0 } = {}) {
  const words = ["sandbox-channels", "--until-stdin-ends", "--listen", "127.0.0.1:0"];
  if (secondsAhead > 0) words.push("--clock-ahead", `${secondsAhead}`);
  const sandbox = spawn(program(profile), words, {
    stdio: ["pipe", "pipe", "inherit"],
    env: { PATH: process.env.PATH, BONEX_LOG: "error" },
  });
  const ended = once(sandbox, "exit");
  const [line] = await once(createInterface(sandbox.stdout), "line");
  const address = line.replace("listening on ", "");

  const post = async (path, body) => {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`${address}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: answer.status, ...(await answer.json()) };
  };
  const env = (bot) => ({
    BONEX_TELEGRAM_URL: address,
    BONEX_TELEGRAM_TOKEN: botToken(bot),
    BONEX_FCM_URL: address,
    BONEX_FCM_TOKEN_URL: `${address}/token`,
    BONEX_OSONSMS_URL: address,
  });
  const messages = async () => (await (await fetch(`${address}/messages.json`)).json()).messages;
  const call = (bot, method, body) => post(`/bot${botToken(bot)}/${method}`, body);
  const write = (written) => post("/updates", written);
  const stop = async () => {
    sandbox.stdin.end();
    await ended;
  };
  return { address, env, messages, call, write, stop };
}
