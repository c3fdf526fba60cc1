// The delivered script is right in the language of Frontol, and the checks refuse what is not.

import assert from "node:assert/strict";
import { test } from "node:test";

import { faults } from "./language.js";
import { scriptOf } from "./till.js";

const script = scriptOf("http://127.0.0.1", { tenantToken: "a".repeat(64), token: "b".repeat(64), id: 2, name: 'Касса "1" */' });

test("the delivered script has no fault", () => {
  assert.deepEqual(faults(script), []);
});

/** Samples, each with the fault that the checks must name. */
const BROKEN = [
  ["var BONEX_A = 'Касса';", /not ASCII/],
  ["var BONEX_A = 1;\nvar BONEX_B = 2;", /CRLF/],
  ["var BONEX_A = { b: 1, };", /syntax/],
  ["var BONEX_A = [1, , 2];", /hole/],
  ["var BONEX_A = { default: 1 };", /syntax/],
  ["let bonexA = 1;", /syntax/],
  ["var bonexA = () => 1;", /syntax/],
  ["var bonexA = `a`;", /syntax/],
  ["function BonexA(b = 1) { return b; }", /syntax/],
  ["function BonexA() { return BonexB(); }", /BonexB is not known/],
  ["function BonexA() { return console; }", /console is not known/],
  ["function BonexA() {}\r\nfunction BonexA() {}", /declared twice/],
  ["function Send() {}", /no prefix/],
  ["var total = 1;", /no prefix/],
  ["function BonexA() { return JSON.parse('1'); }", /no parse/],
  ["function BonexA(b) { return b.trim(); }", /no trim/],
  ["function BonexA(b) { b.forEach(BonexA); }", /no forEach/],
  ["function BonexA() { return Date.now(); }", /no now/],
  ["function BonexA() { return eval('1'); }", /eval is barred/],
  ["function BonexA(http) { http.Open('GET', 'x', false); }", /freezes/],
  ["function BonexA(b) { for (var key in b) { BonexA(key); } }", /hasOwnProperty/],
  ["function BonexA() { actions.showError('a'); frontol.x = 1; }", /nothing returns/],
  ["function BonexA() { actions.cancel(); }", /nothing returns/],
  ["BonexA();\r\nfunction BonexA() {}", /outside of functions/],
  ["function bonexA() { return 1; }", /not used/],
];

test("broken samples are refused, each for its own fault", () => {
  for (const [text, fault] of BROKEN) {
    assert.match(faults(text).join("; "), fault, text);
  }
  assert.ok(BROKEN.length >= 20);
});
