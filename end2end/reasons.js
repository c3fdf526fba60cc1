// Repeats at the very end of a run why each spec failed, in a line: a log is often cut there.

const LONGEST = 400;
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

export default class Reasons {
  #failed = [];

  onTestEnd(test, { status, errors }) {
    if (status === test.expectedStatus || status === "skipped") return;
    const said = errors.map(({ message = "" }) => message.replace(COLOURS, "").replace(/\s+/g, " ").slice(0, LONGEST));
    this.#failed.push(`${test.title}: ${said.join(" | ")}`);
  }

  onEnd() {
    if (this.#failed.length > 0) console.log(["why they failed:", ...this.#failed].join("\n  "));
  }

  printsToStdio() {
    return true;
  }
}
