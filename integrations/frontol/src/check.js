// The check on the screen: its sums and rows by Frontol, and what the module knows of it.

// client, redeem (dirams asked for), attempt, day, sent ({id, phone, total, redeem}), pending (a
// request that is queued when the check is printed), kind.
var bonexCheck = null;
// The ids of sales that were undone since Frontol was started.
var bonexUndone = {};

function bonexDocument() {
  var found = null;
  try {
    found = bonexOr(frontol.currentDocument, null);
  } catch (error) {
    found = null;
  }
  return found;
}

// Returns "sale", "return" or "other": only these two concern the client.
function bonexKind(paper) {
  var operation = null;
  try {
    operation = paper.type.operation;
    if (operation === null || operation === undefined) {
      operation = paper.type.code;
    }
  } catch (error) {
    operation = null;
  }
  if (operation === null || Number(operation) === 0) {
    return "sale";
  }
  return Number(operation) === 1 ? "return" : "other";
}

function bonexToday() {
  return bonexMoment(new Date()).substr(0, 10).replace(/-/g, "");
}

// Begins a check of which nothing is known, or takes up what was known before a restart.
function bonexBegin() {
  var paper = bonexDocument();
  var kept = paper === null ? null : bonexKept(paper);
  bonexCheck = {
    client: null, redeem: 0, attempt: 1, day: bonexToday(), sent: null, pending: null,
    number: paper === null ? null : String(paper.number)
  };
  if (kept !== null && kept.number === bonexCheck.number) {
    bonexCheck.client = kept.client;
    bonexCheck.redeem = kept.redeem;
    bonexCheck.attempt = kept.attempt;
    bonexCheck.day = kept.day;
    bonexCheck.sent = kept.sent;
    if (kept.sent !== null && bonexUndone[kept.sent.id] === true) {
      // It was parked and undone meanwhile; its document could not be told.
      bonexCheck.sent = null;
      bonexCheck.attempt++;
    }
  }
}

function bonexKept(paper) {
  try {
    return bonexParse(bonexOr(paper.userValues.get("bonex"), ""));
  } catch (error) {
    return null;
  }
}

// Keeps what is known with the document and, while a sale is sent and not printed, in a file.
function bonexKeep() {
  var paper = bonexDocument();
  try {
    if (paper !== null) {
      paper.userValues.set("bonex", bonexJson(bonexCheck));
    }
  } catch (error) {
    bonexLog("the document keeps nothing: " + error.message);
  }
  try {
    var path = bonexFolder("") + "\\open.json";
    if (bonexCheck !== null && bonexCheck.sent !== null) {
      bonexWrite(path, bonexJson(bonexCheck));
    } else if (bonexFiles().FileExists(path)) {
      bonexFiles().DeleteFile(path, true);
    }
  } catch (error) {
    bonexLog("no file for the open check: " + error.message);
  }
}

function bonexCurrent() {
  if (bonexCheck === null) {
    bonexBegin();
  }
  return bonexCheck;
}

// The till's own id of the check. An attempt after an undo needs another one.
function bonexSaleId(paper) {
  var check = bonexCurrent();
  var id = [
    bonexOr(frontol.shopNumber, 0), bonexOr(frontol.codeWorkplace, 0),
    bonexOr(frontol.sessionNumber, 0), paper.number, check.day
  ].join("-");
  return check.attempt > 1 ? id + "-" + check.attempt : id;
}

function bonexTotal(paper) {
  return bonexDirams(bonexOr(paper.sumWithDiscs, paper.totalSum));
}

// Calls `visit(item)` for each row or payment. Frontol's cursors begin with 1 and are put back.
function bonexEach(cursor, visit) {
  var before = cursor.index;
  var i;
  for (i = 1; i <= cursor.count; i++) {
    cursor.index = i;
    visit(cursor, i);
  }
  if (before >= 1 && before <= cursor.count) {
    cursor.index = before;
  }
}

function bonexLines(paper) {
  var lines = [];
  bonexEach(paper.position, function (row) {
    var ware = row.ware;
    if (row.storno) {
      return;
    }
    lines.push({
      sku: ware ? String(bonexOr(ware.mark, "") || bonexOr(ware.code, "")) : undefined,
      name: ware ? String(bonexOr(ware.name, "")) : "",
      quantity: bonexOr(row.quantity, 0),
      unit_price: bonexSum(bonexDirams(bonexOr(row.priceWithDiscs, row.price))),
      line_amount: bonexSum(bonexDirams(bonexOr(row.sumWithDiscs, row.totalSum)))
    });
  });
  return lines;
}

// Returns the bonus payments in the check, in dirams.
function bonexPaid(paper) {
  var sum = 0;
  bonexEach(paper.payment, function (payment) {
    if (Number(payment.type.code) === BONEX_PAYMENT_CODE) {
      sum += bonexDirams(payment.sumInBaseCurrency);
    }
  });
  return sum;
}

// Takes the bonus payments out of the check.
function bonexUnpay(paper) {
  var i;
  bonexUnpaying = true;
  try {
    for (i = paper.payment.count; i >= 1; i--) {
      paper.payment.index = i;
      if (Number(paper.payment.type.code) === BONEX_PAYMENT_CODE) {
        paper.stornoPayment(i);
      }
    }
  } finally {
    bonexUnpaying = false;
  }
}

// true while the module itself takes payments out or puts one in.
var bonexUnpaying = false;

// Returns the bonuses that the check spends, in dirams.
function bonexSpent(paper) {
  return BONEX_REDEEM_MODE === "discount" ? bonexCurrent().redeem : bonexPaid(paper);
}
