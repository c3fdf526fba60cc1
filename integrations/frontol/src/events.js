// What Frontol tells the script. Each handler lets the till go on if the module itself fails.

var bonexIsBound = false;

// Binds the events once, however often the script is started. If a shop's own script has an init()
// already, it calls bonexInit() at its end, and this one is taken out.
function init() {
  bonexInit();
}

function bonexInit() {
  if (!BONEX_ENABLED || bonexIsBound) {
    return;
  }
  bonexIsBound = true;
  frontol.addEventListener("openDocument", "bonexOnOpenDocument", false);
  frontol.addEventListener("addCard", "AttachCard", false);
  frontol.addEventListener("addPosition", "bonexOnRows", false);
  frontol.addEventListener("changePosition", "bonexOnRows", false);
  frontol.addEventListener("addPayment", "bonexOnAddPayment", true);
  frontol.addEventListener("stornoPayment", "bonexOnStornoPayment", false);
  frontol.addEventListener("closeDocument", "bonexOnBeforeClose", true);
  frontol.addEventListener("closeDocument", "bonexOnClosed", false);
  frontol.addEventListener("cancelDocument", "bonexOnCancelled", false);
  frontol.addEventListener("openSession", "bonexOnSession", false);
  frontol.addEventListener("closeSession", "bonexOnSession", false);
  bonexGuarded("bonexInit", function () {
    bonexOwner();
    bonexUnfinished();
    bonexFlush(BONEX_WAIT_QUEUE);
  });
}

// Runs a part of the module. A fault in it must not stop the till.
function bonexGuarded(name, run) {
  if (!BONEX_ENABLED) {
    return;
  }
  try {
    run();
  } catch (error) {
    bonexLog("fault in " + name + ": " + error.message);
  }
}

// Says if this computer has served another till: the file was copied, or made for another till.
function bonexOwner() {
  var path = bonexFolder("") + "\\till.txt";
  var before = bonexFiles().FileExists(path) ? bonexTrim(bonexRead(path)) : "";
  var answer = HttpGet("/cashier/session", BONEX_WAIT_SEARCH);
  if (before !== "" && before !== String(BONEX_CASHIER_NODE_ID)) {
    actions.showMessage("Bonex: файл сделан для кассы «" + BONEX_TILL_NAME + "» (" + BONEX_CASHIER_NODE_ID +
      "), а этот компьютер работал кассой " + before + ". Если касса не менялась, скачайте свой файл.");
  }
  if (answer.status === 200 && Number(answer.data.cashier_node_id) !== BONEX_CASHIER_NODE_ID) {
    actions.showMessage("Bonex: ключ в файле от другой кассы. Скачайте файл для этой кассы снова.");
  } else if (answer.status === 401 || answer.status === 403) {
    actions.showMessage("Bonex: " + bonexWhy(answer));
  }
  bonexWrite(path, String(BONEX_CASHIER_NODE_ID));
}

// Looks after a sale that was sent before Frontol stopped. Its check is open still, or only the
// cashier knows whether it was printed.
function bonexUnfinished() {
  var path = bonexFolder("") + "\\open.json";
  var files = bonexFiles();
  var paper = bonexDocument();
  var kept = files.FileExists(path) ? bonexParse(bonexRead(path)) : null;
  var choice;
  if (kept === null || !kept.sent) {
    return;
  }
  if (paper !== null && String(paper.number) === kept.number) {
    bonexCheck = kept;
    return;
  }
  choice = actions.selectString("Bonex: чек " + kept.number + " на " + bonexWords(kept.sent.total) +
    " сом. напечатан?", "Напечатан\nНе напечатан", "yes\nno");
  bonexCheck = kept;
  if (choice === "no") {
    bonexUndo("not printed before a restart");
  }
  bonexCheck.sent = null;
  bonexKeep();
  bonexCheck = null;
}

function OnCheckOpened() {
  bonexOnOpenDocument();
}

function OnNewDocument() {
  bonexOnOpenDocument();
}

function bonexOnOpenDocument() {
  bonexGuarded("openDocument", function () {
    var paper = bonexDocument();
    var isOther = bonexCheck !== null &&
      (paper === null || bonexCheck.number !== String(paper.number));
    if (isOther) {
      // The last check was neither printed nor cancelled.
      bonexUndo("next check");
      bonexKeep();
    }
    if (isOther || bonexCheck === null) {
      bonexBegin();
    }
    bonexFlush(BONEX_WAIT_QUEUE);
  });
}

// Rows have changed: bonuses in the check would not fit.
function bonexOnRows() {
  bonexGuarded("rows", function () {
    var paper = bonexDocument();
    var check = bonexCurrent();
    if (paper === null || check.client === null) {
      return;
    }
    if (check.redeem > 0 || check.sent !== null || bonexPaid(paper) > 0) {
      bonexChange(paper);
      actions.showMessage("Bonex: состав чека изменился, списание бонусов снято. Введите его снова.");
    }
  });
}

// A bonus payment typed by hand needs a client; the server has the last word when the check closes.
function bonexOnAddPayment(payment) {
  bonexGuarded("addPayment", function () {
    var code = payment && payment.type ? Number(payment.type.code) : 0;
    if (bonexUnpaying || code !== BONEX_PAYMENT_CODE) {
      return;
    }
    if (bonexCurrent().client === null) {
      bonexStop("Сначала найдите клиента, потом списывайте бонусы.");
    }
  });
}

function bonexOnStornoPayment() {
  bonexGuarded("stornoPayment", function () {
    var paper = bonexDocument();
    if (bonexUnpaying || paper === null || BONEX_REDEEM_MODE === "discount") {
      return;
    }
    bonexCurrent().redeem = bonexPaid(paper);
    bonexKeep();
  });
}

function bonexOnBeforeClose() {
  BonexBeforeFiscalize();
}

function bonexOnClosed() {
  bonexGuarded("closed", bonexPrinted);
}

function bonexOnCancelled() {
  bonexGuarded("cancelled", function () {
    if (bonexCheck === null) {
      return;
    }
    bonexUndo("cancelled");
    bonexKeep();
    bonexCheck = null;
    bonexFlush(BONEX_WAIT_QUEUE);
  });
}

function bonexOnSession() {
  bonexGuarded("session", function () {
    if (bonexCheck !== null && bonexDocument() === null) {
      bonexUndo("session");
      bonexKeep();
      bonexCheck = null;
    }
    bonexFlush(BONEX_WAIT_QUEUE);
  });
}
