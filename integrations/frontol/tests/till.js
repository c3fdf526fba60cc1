// A till with Frontol: the script in a machine of its own without the words that JScript lacks, and
// doubles of what Frontol and Windows give it. Requests go to a real server.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import vm from "node:vm";

import { Disk } from "./disk.js";
import { Paper } from "./paper.js";

export const FOLDER = "C:\\ProgramData\\Bonex";

/** What ES5 added, and JScript 5.8 has not. */
const WITHOUT_ES5 = `
  delete this.JSON;
  for (var name of ["forEach", "map", "filter", "reduce", "some", "every", "indexOf", "includes", "find"])
    delete Array.prototype[name];
  for (name of ["trim", "includes", "startsWith", "endsWith", "repeat", "padStart"]) delete String.prototype[name];
  for (name of ["keys", "create", "assign", "defineProperty", "entries"]) delete Object[name];
  delete Array.isArray; delete Date.now; delete Date.prototype.toISOString; delete Function.prototype.bind;
`;

/** Returns the script that a till downloads. */
export function scriptOf(address, { tenantToken, token, id, name = "Касса 1" }) {
  const program = join(process.env.BONEX_TARGET_DIR, "debug", "examples", "frontol");
  return execFileSync(program, [`${address}/api/v1`, tenantToken, token, String(id), name], { encoding: "latin1" });
}

export class Till {
  messages = [];
  prompts = [];
  errors = [];
  /** What the cashier answers to the next questions: a text, `null` for Esc, or a function. */
  answers = [];
  choices = [];
  paper = null;
  /** The client of the check that was printed last, as the script knew them. */
  lastClient = null;
  #listeners = [];
  #wasCancelled = false;
  number = 0;

  constructor({ network, script, disk = new Disk(), clock = { now: Date.now() }, computer = "KASSA-1", workplace = 1, number = 0 }) {
    Object.assign(this, { network, disk, clock, computer, workplace });
    this.text = script;
    this.number = number;
    this.start();
  }

  /** Starts Frontol, or starts it again after a power failure. */
  start() {
    this.#listeners = [];
    const till = this;
    const context = vm.createContext({
      frontol: {
        addEventListener: (event, handler, before) => this.#listeners.push({ event, handler, before }),
        get currentDocument() {
          return till.paper;
        },
        sessionNumber: 7,
        shopNumber: 1,
        codeWorkplace: this.workplace,
        currentUser: { code: 3, name: "Зебо" },
      },
      actions: {
        showMessage: (text) => void this.messages.push(text),
        showError: (text) => void this.errors.push(text),
        cancel: () => void (this.#wasCancelled = true),
        inputString: (prompt, value) => {
          this.prompts.push(prompt);
          const answer = this.answers.length > 0 ? this.answers.shift() : null;
          return typeof answer === "function" ? answer(prompt, value) : answer;
        },
        selectString: () => this.choices.shift() ?? null,
        wait() {},
      },
    });
    vm.runInContext(WITHOUT_ES5, context);
    context.ActiveXObject = activeX(this);
    context.Enumerator = Enumerator;
    const clock = this.clock;
    const Real = vm.runInContext("Date", context);
    context.Date = class extends Real {
      constructor(...parts) {
        if (parts.length === 0) super(clock.now);
        else super(...parts);
      }
    };
    vm.runInContext(this.text, context);
    this.script = context;
    context.init();
  }

  #fire(event, before, argument) {
    this.#wasCancelled = false;
    for (const listener of this.#listeners) {
      if (listener.event === event && listener.before === before) this.script[listener.handler](argument);
    }
    return !this.#wasCancelled;
  }

  open(operation = 0) {
    this.paper = new Paper(this, ++this.number, operation);
    this.#fire("openDocument", false);
  }

  add(price, quantity = 1, name = "Чай") {
    this.paper.rows.push({ code: "A1", name, price, quantity, storno: false });
    this.#fire("addPosition", false);
  }

  change(quantity) {
    this.paper.rows[0].quantity = quantity;
    this.#fire("changePosition", false);
  }

  /** The cashier presses the key, types the client, then the bonuses. */
  client(phone, ...bonuses) {
    this.answers = [phone, ...bonuses];
    this.script.SearchCardByPhone();
  }

  scan(value) {
    this.paper.cards.push(value);
    this.#fire("addCard", false, { value });
  }

  /** Pays by hand. Returns whether Frontol took the payment. */
  pay(code, sum) {
    const taken = this.#fire("addPayment", true, { type: { code }, sumInBaseCurrency: sum });
    if (taken) this.paper.addPayment(code, sum, null);
    return taken;
  }

  /**
   * Closes the check. `print` says how the printer does: `ok`, `failed`, or `crash` for a power
   * failure before it. Returns the printed paper, or `null`.
   */
  close(print = "ok") {
    if (!this.#fire("closeDocument", true)) return null;
    if (print === "failed") return null;
    if (print === "crash") {
      this.start();
      return null;
    }
    const printed = this.paper;
    this.lastClient = this.script.bonexCheck?.client?.phone ?? null;
    this.paper = null;
    this.#fire("closeDocument", false);
    return printed;
  }

  /** Puts the check aside without a word to the script, as Frontol does. */
  park() {
    const paper = this.paper;
    this.paper = null;
    return paper;
  }

  takeUp(paper) {
    this.paper = paper;
    this.#fire("openDocument", false);
  }

  cancel() {
    this.paper = null;
    this.#fire("cancelDocument", false);
  }

  session() {
    this.#fire("openSession", false);
  }

  /** Lets a minute pass, so that requests are sent again. */
  rest() {
    this.clock.now += 61_000;
  }

  get queue() {
    return this.disk.in(`${FOLDER}\\queue`);
  }

  get log() {
    return this.disk.files.get(`${FOLDER}\\bonex.log`) ?? "";
  }
}

class Enumerator {
  #items;
  #at = 0;
  constructor(items) {
    this.#items = items;
  }
  atEnd() {
    return this.#at >= this.#items.length;
  }
  moveNext() {
    this.#at++;
  }
  item() {
    return this.#items[this.#at];
  }
}

/** The constructor of Windows' objects. */
function activeX(till) {
  return function ActiveXObject(name) {
    switch (name) {
      case "Scripting.FileSystemObject":
        return till.disk.object;
      case "WScript.Network":
        return { ComputerName: till.computer };
      case "ADODB.Stream":
        return stream();
      case "WinHttp.WinHttpRequest.5.1":
        return winHttp(till);
      default:
        throw new Error(`no such object: ${name}`);
    }
  };
}

function stream() {
  let bytes = Buffer.alloc(0);
  return {
    Open() {},
    Close() {},
    Write: (more) => void (bytes = more),
    ReadText: () => new TextDecoder("utf-8").decode(bytes),
  };
}

function winHttp(till) {
  const request = { headers: {} };
  let answer = null;
  return {
    SetTimeouts() {},
    Open: (method, url, isAsync) => {
      if (!isAsync) throw new Error("the screen would freeze");
      Object.assign(request, { method, url });
    },
    SetRequestHeader: (name, value) => void (request.headers[name] = value),
    Send: (body) => void (answer = till.network.send({ ...request, body })),
    WaitForResponse: (seconds) => {
      if (answer === null) till.clock.now += seconds * 1000;
      return answer !== null;
    },
    Abort() {},
    get Status() {
      return answer.status;
    },
    // Without a charset WinHttp reads Latin letters.
    get ResponseText() {
      const isUtf8 = /utf-8/i.test(answer.headers["content-type"] ?? "");
      return answer.body.toString(isUtf8 ? "utf8" : "latin1");
    },
    get ResponseBody() {
      return answer.body;
    },
    GetResponseHeader: (name) => {
      const value = answer.headers[name.toLowerCase()];
      if (value === undefined) throw new Error("The requested header was not found");
      return value;
    },
  };
}
