// Checks a script for what JScript 5.8 and jscript9legacy understand, and for names.

import { createRequire } from "node:module";

const require = createRequire(new URL("../../../xtask/package.json", import.meta.url));
const acorn = require("acorn");

/** The names that JScript and Frontol give a script. */
const GIVEN = new Set([
  "ActiveXObject", "Array", "Date", "Enumerator", "Error", "Math", "Number", "String", "RegExp", "Object", "actions",
  "encodeURIComponent", "frontol", "isNaN", "parseInt", "undefined", "arguments",
]);

/** The functions that the public document names; all other names begin with the prefix. */
const PUBLIC = new Set([
  "SearchCardByPhone", "AttachCard", "EnterBonusPayment", "BeforeCheckClose", "ApplySumDiscountToPosition",
  "OnCheckOpened", "OnNewDocument", "OnBonexBarcodeScanned", "OnBonexPhoneEntered", "HttpGet", "HttpPost", "GetTerminalId", "init",
]);

/** What JScript 5.8 has not. */
const BARRED = new Set([
  "forEach", "map", "filter", "reduce", "some", "every", "includes", "find", "findIndex", "trim", "startsWith",
  "endsWith", "repeat", "padStart", "keys", "create", "assign", "defineProperty", "bind", "toISOString", "isArray",
  "stringify", "parse", "now",
]);

/** Returns what is wrong with a script, a sentence each. */
export function faults(text) {
  const found = [];
  // The engine reads bytes in the code page of the computer.
  if (/[^\x00-\x7f]/.test(text)) found.push("a letter that is not ASCII");
  if (/[^\r]\n/.test(text)) found.push("a line that does not end with CRLF");
  let tree;
  try {
    tree = acorn.parse(text, { ecmaVersion: 3, allowReserved: "never", locations: true });
  } catch (error) {
    return [...found, `syntax: ${error.message}`];
  }
  const globals = new Map();
  for (const node of tree.body) {
    if (node.type === "FunctionDeclaration") declare(node.id);
    else if (node.type === "VariableDeclaration") node.declarations.forEach(({ id }) => declare(id));
    else found.push(`line ${node.loc.start.line}: a statement outside of functions`);
  }
  function declare({ name, loc }) {
    if (globals.has(name)) found.push(`line ${loc.start.line}: ${name} is declared twice`);
    globals.set(name, 0);
    if (!/^(bonex|Bonex|BONEX)/.test(name) && !PUBLIC.has(name)) found.push(`line ${loc.start.line}: ${name} has no prefix`);
  }
  for (const node of tree.body) walk(node, new Set(), found, globals);
  for (const [name, uses] of globals) {
    if (uses === 0 && !PUBLIC.has(name) && !/^(BONEX_|bonexOn|Bonex)/.test(name)) found.push(`${name} is not used`);
  }
  return found;
}

/** Looks at a node and everything in it. `names` are those of the functions around it. */
function walk(node, names, found, globals) {
  const at = `line ${node.loc.start.line}`;
  if (/Function/.test(node.type)) {
    names = new Set([...names, ...node.params.map(({ name }) => name), ...localNames(node.body)]);
    stops(node.body, found);
  }
  if (node.type === "CatchClause") names = new Set([...names, node.param.name]);
  if (node.type === "ObjectExpression" || node.type === "ArrayExpression") trailing(node, found);
  if (node.type === "MemberExpression" && !node.computed && BARRED.has(node.property.name)) {
    found.push(`${at}: JScript has no ${node.property.name}`);
  }
  if (node.type === "CallExpression" && ["eval", "Function", "setTimeout", "alert"].includes(node.callee.name)) {
    found.push(`${at}: ${node.callee.name} is barred`);
  }
  if (node.type === "CallExpression" && node.callee.property?.name === "Open" && node.arguments.length === 3 && node.arguments[2].value !== true) {
    found.push(`${at}: a request that freezes the screen`);
  }
  if (node.type === "ForInStatement" && !/hasOwnProperty/.test(JSON.stringify(node.body))) found.push(`${at}: for-in without hasOwnProperty`);
  for (const [key, child] of Object.entries(node)) {
    if (node.type === "MemberExpression" && key === "property" && !node.computed) continue;
    if (node.type === "Property" && key === "key") continue;
    for (const each of [child].flat()) {
      if (!each || typeof each.type !== "string") continue;
      if (each.type === "Identifier" && !["id", "params", "param", "label"].includes(key)) use(each);
      walk(each, names, found, globals);
    }
  }
  function use({ name, loc }) {
    if (names.has(name)) return;
    if (globals.has(name)) globals.set(name, globals.get(name) + 1);
    else if (!GIVEN.has(name)) found.push(`line ${loc.start.line}: ${name} is not known`);
  }
}

/** Returns the variables that a function declares, without those of functions in it. */
function localNames(body) {
  const names = [];
  (function look(node) {
    if (!node || typeof node.type !== "string" || /Function/.test(node.type)) return;
    if (node.type === "VariableDeclaration") names.push(...node.declarations.map(({ id }) => id.name));
    Object.values(node).flat().forEach((child) => child && typeof child === "object" && look(child));
  })(body);
  return names;
}

/** After `showError` or `cancel` a handler must return: Frontol goes on with what follows. */
function stops(body, found) {
  for (const list of blocks(body)) {
    list.forEach((statement, i) => {
      const call = statement.expression?.callee;
      if (call?.object?.name !== "actions" || !["showError", "cancel"].includes(call.property.name)) return;
      const next = list[i + 1];
      const follows = next?.expression?.callee?.property?.name === "cancel" || next?.type === "ReturnStatement";
      if (!follows) found.push(`line ${statement.loc.start.line}: nothing returns after ${call.property.name}`);
    });
  }
}

function* blocks(node) {
  if (!node || typeof node !== "object") return;
  if (node.type === "BlockStatement") yield node.body;
  for (const child of Object.values(node).flat()) if (child && typeof child === "object" && typeof child.type === "string" && !/Function/.test(child.type)) yield* blocks(child);
}

/** A comma before a bracket makes another list in JScript. */
function trailing(node, found) {
  const items = node.properties ?? node.elements;
  if (items.some((item) => item === null)) found.push(`line ${node.loc.start.line}: a hole in a list`);
}
