// The network of a till: real requests, and the faults that a test chooses.

import { Worker } from "node:worker_threads";

/** The errors of WinHttp. */
const ERRORS = { down: 12029, dns: 12007, certificate: 12175 };

/** One for all tills of a test: a till sends one request at a time. */
export class Network {
  /**
   * `up`; `down`, `dns`, `certificate`: the request does not leave; `lost`: it arrives, the answer
   * does not; `page`: a proxy's page instead of the server; `cut`, `empty`, `latin`, `bom`: the
   * answer arrives spoiled or unusual; `slow`: a limit refuses it.
   */
  fault = "up";
  /** How many requests the fault hits; the others are served. */
  hits = Infinity;
  following = [];
  /** What arrived at the server: method, path, body. */
  arrived = [];

  #shared = new SharedArrayBuffer(8 + 1024 * 1024);
  #worker = new Worker(new URL("./caller.js", import.meta.url), { workerData: { shared: this.#shared } });

  /** Makes the next `hits` requests fail; then those of the following faults, one each. */
  break(fault, hits = Infinity, ...following) {
    this.fault = fault;
    this.hits = hits;
    this.following = following;
  }

  repair() {
    this.break("up");
  }

  /** Sends a request. Returns the answer, or `null` if none comes. Throws as WinHttp does. */
  send(request) {
    const fault = this.hits-- > 0 ? this.fault : (this.following.shift() ?? "up");
    if (fault in ERRORS) throw Object.assign(new Error(fault), { number: (0x80070000 | ERRORS[fault]) >> 0 });
    if (fault === "page") return answer(502, { "content-type": "text/html" }, "<html>Bad gateway</html>");
    if (fault === "slow") return answer(429, { "retry-after": "2" }, '{"success":false,"error":"x","code":"too_many_requests"}');
    const real = this.#real(request);
    const text = real.body;
    switch (fault) {
      case "lost":
        return null;
      case "cut":
        return { ...real, body: text.subarray(0, text.length >> 1) };
      case "empty":
        return { ...real, body: Buffer.alloc(0) };
      case "bom":
        return { ...real, body: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), text]) };
      case "latin":
        return { ...real, headers: { ...real.headers, "content-type": "application/json" } };
      default:
        return real;
    }
  }

  #real(request) {
    const state = new Int32Array(this.#shared, 0, 2);
    Atomics.store(state, 0, 0);
    this.#worker.postMessage(request);
    Atomics.wait(state, 0, 0);
    const text = Buffer.from(new Uint8Array(this.#shared, 8, Atomics.load(state, 1))).toString();
    const { error, body, ...said } = JSON.parse(text);
    if (error) throw new Error(error);
    this.arrived.push({ method: request.method, path: new URL(request.url).pathname, body: request.body, status: said.status });
    return { ...said, body: Buffer.from(body, "base64") };
  }

  close() {
    return this.#worker.terminate();
  }
}

const answer = (status, headers, body) => ({ status, headers, body: Buffer.from(body) });
