// The queue of requests that follow later: each is a file, so that a restart loses none.

// Returns the path of the file; null if the request is kept in memory alone.
function bonexQueue(path, body) {
  var text = bonexJson({ node: BONEX_CASHIER_NODE_ID, path: path, body: body });
  var file;
  try {
    file = bonexQueueFile();
    bonexWrite(file, text);
    return file;
  } catch (error) {
    bonexLog("the queue is not written: " + error.message);
    bonexUnwritten.push(text);
    return null;
  }
}

// Sends one request of the queue before the others. If it cannot be sent, it waits with them.
function bonexHurry(file) {
  try {
    if (file !== null) {
      bonexDeliver(bonexRead(file), BONEX_WAIT_QUEUE, bonexFolder("queue") + "\\", file.replace(/^.*\\/, ""));
    }
  } catch (error) {
    bonexLog("not sent at once: " + error.message);
  }
}

// Returns the names of the files of the queue, the oldest first.
function bonexQueued() {
  var names = [];
  var files;
  try {
    files = new Enumerator(bonexFiles().GetFolder(bonexFolder("queue")).Files);
    for (; !files.atEnd(); files.moveNext()) {
      if (/\.json$/.test(files.item().Name)) {
        names.push(String(files.item().Name));
      }
    }
  } catch (error) {
    bonexLog("the queue is not read: " + error.message);
  }
  return names.sort();
}

// Sends what waits, the oldest first. A request that the server refuses blocks no other.
function bonexFlush(wait) {
  var names = bonexQueued();
  var kept = bonexUnwritten;
  var i, folder;
  for (i = 0; i < names.length; i++) {
    folder = bonexFolder("queue") + "\\";
    if (!bonexDeliver(bonexRead(folder + names[i]), wait, folder, names[i])) {
      return;
    }
  }
  for (i = 0; i < kept.length; i++) {
    if (!bonexDeliver(kept[i], wait, null, "in memory")) {
      bonexUnwritten = kept.slice(i);
      return;
    }
  }
  bonexUnwritten = [];
}

// Sends one request. Returns whether the next one may follow.
function bonexDeliver(text, wait, folder, name) {
  var item = bonexParse(text);
  var answer;
  if (item === null || item.node !== BONEX_CASHIER_NODE_ID) {
    // A spoiled file, or another till's: never sent under this till's key.
    return bonexSetAside(folder, name, "foreign");
  }
  answer = HttpPost(item.path, item.body, wait);
  if (answer.status === 0 || answer.status >= 500 || answer.status === 429 ||
      answer.status === 401 || answer.status === 403 && answer.code !== "client_blocked") {
    return false;
  }
  if (answer.status === 404 && answer.code === "client_not_found" && BONEX_AUTO_REGISTER &&
      item.path === "/cashier/sale") {
    if (HttpPost("/cashier/client/register", { phone: item.body.client_phone }, wait).status === 0) {
      return false;
    }
    answer = HttpPost(item.path, item.body, wait);
    if (answer.status === 0) {
      return false;
    }
  }
  if (answer.status < 300 || /^(duplicate_(sale|return|receipt)|sale_voided|receipt_voided)$/.test(answer.code)) {
    return bonexForget(folder, name);
  }
  bonexLog("set aside " + name + ": " + answer.code);
  return bonexSetAside(folder, name, "refused");
}

function bonexForget(folder, name) {
  if (folder !== null) {
    bonexFiles().DeleteFile(folder + name, true);
  }
  return true;
}

// Keeps what the server has refused, for a person to look at.
function bonexSetAside(folder, name, where) {
  if (folder !== null) {
    bonexFiles().MoveFile(folder + name, bonexFolder(where) + "\\" + name);
  }
  return true;
}
