// Values: money in whole dirams, texts, dates, JSON. JScript has no JSON of its own.

function bonexTrim(text) {
  return String(text).replace(/^[\s\u00a0\ufeff]+|[\s\u00a0\ufeff]+$/g, "");
}

// Returns a sum of Frontol in whole dirams.
function bonexDirams(sum) {
  var number = Number(sum);
  return isNaN(number) ? 0 : Math.round(number * 100);
}

// Reads a sum that a person has typed: "12,5", "1 000". null if it is not a sum.
function bonexTypedDirams(text) {
  var plain = String(text).replace(/[\s\u00a0]/g, "").replace(",", ".");
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(plain)) {
    return null;
  }
  return bonexDirams(plain);
}

// Writes dirams as somoni, for the server: 1250 is 12.50.
function bonexSum(dirams) {
  var whole = Math.floor(Math.abs(dirams) / 100);
  var rest = Math.abs(dirams) % 100;
  return (dirams < 0 ? "-" : "") + whole + "." + (rest < 10 ? "0" : "") + rest;
}

// Writes dirams for a person: 12,50.
function bonexWords(dirams) {
  return bonexSum(dirams).replace(".", ",");
}

function bonexTwo(number) {
  return (number < 10 ? "0" : "") + number;
}

// Returns the local moment in ISO 8601 with the offset of Dushanbe.
function bonexMoment(date) {
  var shifted = new Date(date.getTime() + 5 * 3600 * 1000);
  return shifted.getUTCFullYear() + "-" + bonexTwo(shifted.getUTCMonth() + 1) + "-" +
    bonexTwo(shifted.getUTCDate()) + "T" + bonexTwo(shifted.getUTCHours()) + ":" +
    bonexTwo(shifted.getUTCMinutes()) + ":" + bonexTwo(shifted.getUTCSeconds()) + "+05:00";
}

// Writes a text as JSON in ASCII, so that neither a file nor a proxy can spoil its letters.
function bonexQuoted(text) {
  var from = String(text);
  var to = "";
  var i, code;
  for (i = 0; i < from.length; i++) {
    code = from.charCodeAt(i);
    if (code === 34 || code === 92) {
      to += "\\" + from.charAt(i);
    } else if (code < 32 || code > 126) {
      to += "\\u" + ("000" + code.toString(16)).slice(-4);
    } else {
      to += from.charAt(i);
    }
  }
  return "\"" + to + "\"";
}

// Writes a plain object of texts, numbers, booleans and lists as JSON.
function bonexJson(value) {
  var parts = [];
  var key;
  if (value === null || value === undefined) {
    return "null";
  }
  if (typeof value === "number" || typeof value === "boolean") {
    return String(value);
  }
  if (value instanceof Array) {
    for (key = 0; key < value.length; key++) {
      parts.push(bonexJson(value[key]));
    }
    return "[" + parts.join(",") + "]";
  }
  if (typeof value === "object") {
    for (key in value) {
      if (value.hasOwnProperty(key) && value[key] !== undefined) {
        parts.push(bonexQuoted(key) + ":" + bonexJson(value[key]));
      }
    }
    return "{" + parts.join(",") + "}";
  }
  return bonexQuoted(value);
}

// Reads JSON. null if the text is not JSON. Nothing of the text is ever run.
function bonexParse(text) {
  var reader = { text: bonexTrim(text), at: 0, failed: false };
  var value = bonexParseValue(reader, 0);
  bonexSkip(reader);
  return reader.failed || reader.at < reader.text.length ? null : value;
}

function bonexSkip(reader) {
  while (reader.at < reader.text.length && " \t\r\n".indexOf(reader.text.charAt(reader.at)) >= 0) {
    reader.at++;
  }
}

function bonexTakes(reader, sign) {
  bonexSkip(reader);
  if (reader.text.charAt(reader.at) !== sign) {
    return false;
  }
  reader.at++;
  return true;
}

function bonexParseValue(reader, depth) {
  var found;
  bonexSkip(reader);
  if (depth > 20) {
    reader.failed = true;
    return null;
  }
  if (bonexTakes(reader, "{")) {
    return bonexParseObject(reader, depth);
  }
  if (bonexTakes(reader, "[")) {
    return bonexParseList(reader, depth);
  }
  if (reader.text.charAt(reader.at) === "\"") {
    return bonexParseText(reader);
  }
  found = /^(-?\d+(\.\d+)?([eE][+\-]?\d+)?|true|false|null)/.exec(reader.text.substr(reader.at, 40));
  if (!found) {
    reader.failed = true;
    return null;
  }
  reader.at += found[0].length;
  if (found[0] === "true" || found[0] === "false") {
    return found[0] === "true";
  }
  return found[0] === "null" ? null : Number(found[0]);
}

function bonexParseObject(reader, depth) {
  var object = {};
  var key;
  if (bonexTakes(reader, "}")) {
    return object;
  }
  do {
    bonexSkip(reader);
    key = bonexParseText(reader);
    if (reader.failed || !bonexTakes(reader, ":")) {
      reader.failed = true;
      return null;
    }
    object[key] = bonexParseValue(reader, depth + 1);
  } while (!reader.failed && bonexTakes(reader, ","));
  if (!bonexTakes(reader, "}")) {
    reader.failed = true;
  }
  return object;
}

function bonexParseList(reader, depth) {
  var list = [];
  if (bonexTakes(reader, "]")) {
    return list;
  }
  do {
    list.push(bonexParseValue(reader, depth + 1));
  } while (!reader.failed && bonexTakes(reader, ","));
  if (!bonexTakes(reader, "]")) {
    reader.failed = true;
  }
  return list;
}

function bonexParseText(reader) {
  var plain = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
  var to = "";
  var sign, code;
  if (reader.text.charAt(reader.at) !== "\"") {
    reader.failed = true;
    return "";
  }
  for (reader.at++; reader.at < reader.text.length; reader.at++) {
    sign = reader.text.charAt(reader.at);
    if (sign === "\"") {
      reader.at++;
      return to;
    }
    if (sign !== "\\") {
      to += sign;
      continue;
    }
    reader.at++;
    sign = reader.text.charAt(reader.at);
    if (sign === "u") {
      code = reader.text.substr(reader.at + 1, 4);
      if (!/^[0-9a-fA-F]{4}$/.test(code)) {
        break;
      }
      to += String.fromCharCode(parseInt(code, 16));
      reader.at += 4;
    } else {
      to += plain[sign] || sign;
    }
  }
  reader.failed = true;
  return to;
}
