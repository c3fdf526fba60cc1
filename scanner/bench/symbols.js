// The symbols on a client's phone or card, as modules, and the text that a till should read from
// them.

import qrcode from "qrcode-generator";

/**
 * A symbol on the plane. It is one unit wide and its middle is the origin.
 *
 * @typedef {object} Symbol
 * @property {string} text the text that it encodes
 * @property {number} modules number of modules across
 * @property {number} height in units of its width
 * @property {number} quiet width of the white margin around it, in units of its width
 * @property {(u: number, v: number) => boolean} dark returns whether a point within it is dark
 */

/** Returns the QR code of a phone number or a club card, as a client's app shows it. */
export function qrSymbol(random) {
  const text = random.chance(0.6) ? `+9929${random.digits(8)}` : `0${random.digits(2)}-${random.digits(7)}`;
  return qr(text, random.pick(["L", "M", "M", "Q", "H"]), random.pick([2, 3, 4]));
}

/** Returns a QR code with correct finder, timing and format, but noise instead of the message. */
export function damagedQrSymbol(random) {
  const symbol = qr(`+9929${random.digits(8)}`, "L", 4);
  const modules = symbol.modules;
  const noise = Uint8Array.from({ length: modules * modules }, () => random.below(2));
  return {
    ...symbol,
    text: null,
    dark: (u, v) => {
      const x = Math.floor((u + 0.5) * modules);
      const y = Math.floor((v + 0.5) * modules);
      const fixed = (x < 9 && y < 9) || (x < 9 && y >= modules - 8) || (y < 9 && x >= modules - 8) || x === 6 || y === 6;
      return fixed ? symbol.dark(u, v) : noise[y * modules + x] === 1;
    },
  };
}

function qr(text, correction, quietModules) {
  const code = qrcode(0, correction);
  code.addData(text, text.startsWith("+") ? "Alphanumeric" : "Byte");
  code.make();
  const modules = code.getModuleCount();
  const matrix = new Uint8Array(modules * modules);
  for (let y = 0; y < modules; y++) {
    for (let x = 0; x < modules; x++) matrix[y * modules + x] = code.isDark(y, x) ? 1 : 0;
  }
  return {
    text,
    modules,
    height: 1,
    quiet: quietModules / modules,
    dark: (u, v) => matrix[Math.floor((v + 0.5) * modules) * modules + Math.floor((u + 0.5) * modules)] === 1,
  };
}

/** Returns the barcode of a club card: `200`, nine digits, the check digit. */
export function eanSymbol(random) {
  const text = withCheckDigit(`200${random.digits(9)}`);
  return bars(text, eanModules(text), random.between(0.35, 0.7));
}

/**
 * Returns the barcode of a club card with one digit changed but the old check digit, so that it
 * must not be read.
 */
export function damagedEanSymbol(random) {
  const right = withCheckDigit(`200${random.digits(9)}`);
  const place = 3 + random.below(9);
  const wrong = (Number(right[place]) + 1 + random.below(8)) % 10;
  const text = right.slice(0, place) + wrong + right.slice(place + 1);
  return { ...bars(text, eanModules(text), random.between(0.35, 0.7)), text: null };
}

function bars(text, pattern, height) {
  return {
    text,
    modules: pattern.length,
    height,
    quiet: 10 / pattern.length,
    dark: (u) => pattern[Math.floor((u + 0.5) * pattern.length)] === "1",
  };
}

function withCheckDigit(digits) {
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place % 2 ? 3 : 1), 0);
  return digits + ((10 - (sum % 10)) % 10);
}

// The bars of the digits 0–9 in the right half. In the left half they are the complement (A) or the
// mirrored pattern (B).
const RIGHT = "1110010 1100110 1101100 1000010 1011100 1001110 1010000 1000100 1001000 1110100".split(" ");
// The pattern of A and B in the left half encodes the first digit.
const PARITIES = "AAAAAA AABABB AABBAB AABBBA ABAABB ABBAAB ABBBAA ABABAB ABABBA ABBABA".split(" ");

function eanModules(text) {
  const parity = PARITIES[Number(text[0])];
  const complement = (pattern) => [...pattern].map((bar) => (bar === "1" ? "0" : "1")).join("");
  const mirrored = (pattern) => [...pattern].reverse().join("");
  const left = [...text.slice(1, 7)].map((digit, place) =>
    parity[place] === "A" ? complement(RIGHT[digit]) : mirrored(RIGHT[digit]),
  );
  const right = [...text.slice(7)].map((digit) => RIGHT[digit]);
  return ["101", ...left, "01010", ...right, "101"].join("");
}
