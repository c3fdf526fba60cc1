// Sending the sale before the check is printed, and undoing it.

// Something of the check has changed: bonuses that were put into it do not fit any more.
function bonexChange(paper) {
  var check = bonexCurrent();
  if (check.redeem > 0 || bonexPaid(paper) > 0) {
    bonexUnpay(paper);
    check.redeem = 0;
    if (BONEX_REDEEM_MODE === "discount") {
      paper.recalculateAllDiscounts();
    }
  }
  bonexUndo("changed");
  bonexKeep();
}

// Undoes a sale that was sent and whose check is not printed. The next attempt gets another id. It
// is sent at once: until then the client cannot spend the same bonuses again.
function bonexUndo(why) {
  var check = bonexCurrent();
  var file;
  if (check.sent === null) {
    return;
  }
  bonexLog("undo " + check.sent.id + ": " + why);
  file = bonexQueue("/cashier/sale/void", { client_phone: check.sent.phone, external_sale_id: check.sent.id });
  bonexUndone[check.sent.id] = true;
  check.sent = null;
  check.attempt++;
  bonexHurry(file);
}

// Before the check is fiscalised. Returns whether it may go on.
function BonexBeforeFiscalize() {
  var goesOn = true;
  bonexGuarded("BonexBeforeFiscalize", function () {
    var paper = bonexDocument();
    if (paper === null) {
      return;
    }
    goesOn = false;
    goesOn = BeforeCheckClose(bonexTotal(paper) / 100);
  });
  return goesOn;
}

// Sends a sale that spends bonuses, and prepares one that only earns. `total` is in somoni.
function BeforeCheckClose(total) {
  var paper = bonexDocument();
  var check, kind, spent;
  if (!BONEX_ENABLED || paper === null) {
    return true;
  }
  check = bonexCurrent();
  check.pending = null;
  kind = bonexKind(paper);
  spent = kind === "sale" ? bonexSpent(paper) : 0;
  if (kind === "return") {
    return bonexBeforeReturn(paper);
  }
  if (kind !== "sale") {
    return true;
  }
  if (check.client === null) {
    return bonexWithoutClient(paper, spent);
  }
  if (spent === 0) {
    // A check that was to spend bonuses and does not any more.
    bonexUndo("no bonuses");
    check.pending = { path: "/cashier/sale", body: bonexSale(paper, bonexDirams(total), 0) };
    bonexKeep();
    return true;
  }
  return bonexConfirm(paper, bonexDirams(total), spent);
}

function bonexWithoutClient(paper, spent) {
  if (spent > 0) {
    bonexUnpay(paper);
    return bonexStop("Бонусы без клиента не списываются: найдите клиента.");
  }
  if (BONEX_SEND_RECEIPTS) {
    bonexCurrent().pending = {
      path: "/cashier/receipt",
      body: {
        total_amount: bonexSum(bonexTotal(paper)),
        external_receipt_id: bonexSaleId(paper),
        cashier_node_id: BONEX_CASHIER_NODE_ID,
        receipt_date: bonexMoment(new Date())
      }
    };
  }
  return true;
}

function bonexSale(paper, total, spent) {
  var body = {
    client_phone: bonexCurrent().client.phone,
    total_amount: bonexSum(total),
    bonus_redeem_amount: bonexSum(spent),
    redeem_mode: BONEX_REDEEM_MODE,
    external_sale_id: bonexSaleId(paper),
    receipt_number: String(paper.number),
    cashier_node_id: BONEX_CASHIER_NODE_ID,
    cashier_id: bonexCashier(),
    sale_date: bonexMoment(new Date()),
    lines: bonexLines(paper)
  };
  if (BONEX_REDEEM_MODE === "discount" && spent > 0) {
    body.gross_amount = bonexSum(total + spent);
  }
  return body;
}

function bonexCashier() {
  try {
    return String(bonexOr(frontol.currentUser.code, bonexOr(frontol.currentUser.name, ""))) || undefined;
  } catch (error) {
    return undefined;
  }
}

// Has the spent bonuses confirmed by the server. Without its word the check is not printed.
function bonexConfirm(paper, total, spent) {
  var check = bonexCurrent();
  var sent = check.sent;
  var body, answer, tries, mayBeThere;
  if (sent !== null && (sent.phone !== check.client.phone || sent.total !== total || sent.redeem !== spent)) {
    bonexUndo("other sums");
  }
  // An earlier try of this check may have arrived, whatever becomes of the next one.
  mayBeThere = check.sent !== null;
  body = bonexSale(paper, total, spent);
  // Kept before it is sent: if the answer is lost, somebody knows what to undo.
  check.sent = { id: body.external_sale_id, phone: check.client.phone, total: total, redeem: spent };
  bonexKeep();
  answer = HttpPost("/cashier/sale", body, BONEX_WAIT_SALE);
  if (bonexIsUnknown(answer)) {
    mayBeThere = true;
    answer = HttpPost("/cashier/sale", body, BONEX_WAIT_SALE);
  }
  for (tries = 0; answer.code === "presence_code_required" && tries < 3; tries++) {
    body.presence_code = actions.inputString(bonexOr(answer.data && answer.data.ask, answer.error), "", 10, 0);
    if (body.presence_code === null || body.presence_code === undefined) {
      break;
    }
    answer = HttpPost("/cashier/sale", body, BONEX_WAIT_SALE);
  }
  if (bonexIsDone(answer, total, spent)) {
    return true;
  }
  return bonexRefused(paper, answer, mayBeThere || bonexIsUnknown(answer));
}

// Returns whether the sale is recorded: now, or before with the same sums. Another sale under the
// id is no success.
function bonexIsDone(answer, total, spent) {
  if (answer.status === 201) {
    return true;
  }
  return answer.code === "duplicate_sale" && answer.data !== null &&
    bonexDirams(answer.data.total_amount) === total &&
    bonexDirams(answer.data.bonus_redeemed) === spent;
}

function bonexIsUnknown(answer) {
  return (answer.status === 0 && answer.sent) || answer.status >= 500;
}

// The bonuses are not confirmed: takes them out of the check and stops its closing. What may have
// arrived under the id is undone; after a plain refusal the id is free.
function bonexRefused(paper, answer, mayBeThere) {
  var check = bonexCurrent();
  var most = answer.data === null ? null : answer.data.max_redeem_amount;
  if (mayBeThere) {
    bonexUndo(answer.code || "unknown");
  } else {
    check.sent = null;
    if (answer.code === "external_id_conflict" || answer.code === "sale_voided" ||
        answer.code === "duplicate_sale") {
      check.attempt++;
    }
  }
  bonexUnpay(paper);
  check.redeem = 0;
  if (BONEX_REDEEM_MODE === "discount") {
    paper.recalculateAllDiscounts();
  }
  bonexKeep();
  if (most !== null && most !== undefined) {
    return bonexStop(answer.error + "\nСейчас можно списать не больше " + bonexWords(bonexDirams(most)) +
      ". Введите сумму ещё раз.");
  }
  return bonexStop("Бонусы не списаны. " + bonexWhy(answer) + "\nПримите оплату деньгами.");
}

function bonexStop(text) {
  actions.showError("Bonex: " + text);
  actions.cancel();
  return false;
}

// After the check was printed.
function bonexPrinted() {
  var check = bonexCurrent();
  if (check.pending !== null) {
    bonexQueue(check.pending.path, check.pending.body);
  }
  check.sent = null;
  bonexKeep();
  bonexCheck = null;
  bonexFlush(BONEX_WAIT_QUEUE);
}

// Before a return: how much money to hand out, if the client has spent what the goods had earned.
function bonexBeforeReturn(paper) {
  var check = bonexCurrent();
  var base = null;
  var sale, body, answer, settled;
  try {
    base = bonexOr(paper.baseDocument, null);
  } catch (error) {
    base = null;
  }
  if (check.client === null) {
    return true;
  }
  sale = base === null ? null : bonexSoldBefore(check.client.phone, base);
  if (sale === null) {
    actions.showMessage("Bonex: исходный чек не найден, бонусы не изменятся.");
    return true;
  }
  body = {
    client_phone: check.client.phone,
    return_amount: bonexSum(bonexTotal(paper)),
    original_external_sale_id: sale
  };
  answer = HttpPost("/cashier/return/calculate", body, BONEX_WAIT_SEARCH);
  settled = answer.status === 200 && answer.data.status === "insufficient_bonuses";
  if (settled) {
    actions.showMessage("Bonex: часть начисленных бонусов уже потрачена. Выдайте деньгами на " +
      bonexWords(bonexDirams(answer.data.shortage_cash_equivalent)) + " сом. меньше.");
  }
  body.external_return_id = bonexSaleId(paper);
  body.shortage_settled = settled;
  check.pending = { path: "/cashier/return", body: body };
  bonexKeep();
  return true;
}

// Returns the id of the sale that a check on paper stands for; null unless there is exactly one.
function bonexSoldBefore(phone, base) {
  var answer = HttpGet("/cashier/client/" + encodeURIComponent(phone) + "/sales", BONEX_WAIT_SEARCH);
  var own = [bonexOr(frontol.shopNumber, 0), bonexOr(frontol.codeWorkplace, 0)].join("-") + "-";
  var total = bonexTotal(base);
  var found = null;
  var count = 0;
  var i, id;
  if (answer.status !== 200) {
    return null;
  }
  for (i = 0; i < answer.data.sales.length; i++) {
    id = bonexOr(answer.data.sales[i].external_sale_id, "");
    if (id.indexOf(own) === 0 && id.split("-")[3] === String(base.number) &&
        bonexDirams(answer.data.sales[i].total_amount) === total) {
      found = id;
      count++;
    }
  }
  return count === 1 ? found : null;
}
