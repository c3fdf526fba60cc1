// Requests to the server. The screen lives while the till waits.

// Failures of the network in a row, and until when no request is sent after two of them.
var bonexFailures = 0;
var bonexQuietUntil = 0;
var BONEX_QUIET = 60000;

// Returns how the till calls itself: the serial or the name of the computer, and the workplace.
function GetTerminalId() {
  var name = "";
  try {
    name = new ActiveXObject("WScript.Network").ComputerName;
  } catch (error) {
    bonexLog("no computer name: " + error.message);
  }
  name = "frontol-" + name + "-" + bonexOr(frontol.codeWorkplace, "");
  return name.replace(/[^\x21-\x7e]/g, "_").substr(0, 128);
}

function bonexOr(value, other) {
  return value === null || value === undefined ? other : value;
}

function HttpGet(path, wait) {
  return bonexRequest("GET", path, null, bonexOr(wait, BONEX_WAIT_SEARCH));
}

function HttpPost(path, body, wait) {
  return bonexRequest("POST", path, bonexJson(body), bonexOr(wait, BONEX_WAIT_SALE));
}

// Asks the server. Returns {status, code, error, data}. Without an answer the status is 0, and
// `sent` says whether the request may have arrived.
function bonexRequest(method, path, body, wait) {
  var answer;
  if (new Date().getTime() < bonexQuietUntil) {
    return bonexNoAnswer(false, "quiet");
  }
  answer = bonexSend(method, path, body, wait);
  if (answer.status === 0 || answer.status >= 500) {
    bonexFailures++;
    if (bonexFailures >= 2) {
      bonexQuietUntil = new Date().getTime() + BONEX_QUIET;
    }
  } else {
    bonexFailures = 0;
  }
  if (answer.status === 429) {
    bonexQuietUntil = new Date().getTime() + Math.min(Math.max(answer.retry, 1), 60) * 1000;
  }
  bonexLog(method + " " + path + " -> " + answer.status + " " + answer.code +
    (answer.id ? " #" + answer.id.substr(0, 12) : ""));
  return answer;
}

function bonexNoAnswer(sent, reason) {
  return { status: 0, sent: sent, code: reason, error: "", data: null, retry: 0, id: "" };
}

function bonexSend(method, path, body, wait) {
  var started = new Date().getTime();
  var sent = false;
  var http;
  try {
    http = new ActiveXObject("WinHttp.WinHttpRequest.5.1");
    http.SetTimeouts(3000, 3000, wait, wait);
    http.Open(method, bonexApiUrl() + path, true);
    http.SetRequestHeader("X-Tenant-Token", BONEX_TENANT_TOKEN);
    http.SetRequestHeader("X-Cashier-Token", BONEX_CASHIER_TOKEN);
    http.SetRequestHeader("X-Device-Id", GetTerminalId());
    http.SetRequestHeader("Accept", "application/json");
    http.SetRequestHeader("User-Agent", "Bonex-Frontol/" + BONEX_VERSION + " (Frontol 6)");
    if (body !== null) {
      http.SetRequestHeader("Content-Type", "application/json");
    }
    sent = true;
    if (body === null) {
      http.Send();
    } else {
      http.Send(body);
    }
    while (!http.WaitForResponse(1)) {
      if (new Date().getTime() - started > wait) {
        http.Abort();
        return bonexNoAnswer(true, "timeout");
      }
    }
    return bonexAnswer(http);
  } catch (error) {
    return bonexNoAnswer(sent && !bonexNeverLeft(error), bonexReason(error));
  }
}

// Returns the address of the API however the owner has typed it.
function bonexApiUrl() {
  var url = bonexTrim(BONEX_API_URL).replace(/\/+$/, "");
  return /\/api\/v\d+$/.test(url) ? url : url + "/api/v1";
}

// Reads an answer. A page of a proxy is no answer of the server: nobody knows whether the request
// has arrived.
function bonexAnswer(http) {
  var text = bonexText(http);
  var parsed = bonexParse(text);
  var status = Number(http.Status);
  var answer = bonexNoAnswer(true, "garbage");
  answer.retry = Number(bonexHeader(http, "Retry-After")) || 0;
  answer.id = bonexHeader(http, "X-Request-Id");
  if (parsed === null || typeof parsed !== "object" || typeof parsed.success !== "boolean") {
    // These are said by whoever stands before the server, and have changed nothing.
    answer.status = status === 429 ? 429 : 0;
    return answer;
  }
  answer.status = status;
  answer.code = bonexOr(parsed.code, "");
  answer.error = bonexOr(parsed.error, "");
  answer.data = bonexOr(parsed.data, null);
  return answer;
}

function bonexHeader(http, name) {
  try {
    return bonexOr(http.GetResponseHeader(name), "");
  } catch (error) {
    return "";
  }
}

// Returns the text of an answer. WinHttp takes a text without a charset for Latin letters.
function bonexText(http) {
  var stream;
  if (/charset=utf-8/i.test(bonexHeader(http, "Content-Type"))) {
    return bonexOr(http.ResponseText, "");
  }
  try {
    stream = new ActiveXObject("ADODB.Stream");
    stream.Type = 1;
    stream.Open();
    stream.Write(http.ResponseBody);
    stream.Position = 0;
    stream.Type = 2;
    stream.Charset = "utf-8";
    var text = stream.ReadText();
    stream.Close();
    return text;
  } catch (error) {
    return bonexOr(http.ResponseText, "");
  }
}

// WinHttp: the name was not found, nobody listens, the certificate is not trusted.
function bonexNeverLeft(error) {
  var code = (error.number || 0) & 0xffff;
  return code === 12007 || code === 12029 || code === 12175 || code === 12157;
}

function bonexReason(error) {
  var code = (error.number || 0) & 0xffff;
  if (code === 12175 || code === 12157) {
    return "certificate";
  }
  return code === 12007 ? "dns" : "network";
}

// Returns why there was no answer, or what the server has said, for a person.
function bonexWhy(answer) {
  if (answer.code === "certificate") {
    return "Сервер Bonex не удалось проверить (сертификат). Проверьте дату на компьютере и обновления Windows.";
  }
  if (answer.code === "device_mismatch") {
    return "Эта касса Bonex привязана к другому компьютеру. Скачайте в панели файл для этой кассы " +
      "или сбросьте привязку: Кассы - Сбросить привязку.";
  }
  if (answer.code === "bad_tenant_token" || answer.code === "bad_cashier_token") {
    return "Ключ кассы Bonex больше не действует. Скачайте в панели файл для этой кассы снова.";
  }
  if (answer.status === 0 || answer.status >= 500) {
    return "Нет связи с Bonex.";
  }
  return answer.error;
}
