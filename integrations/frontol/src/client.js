// The client of the check, and the bonuses that they spend.

// A button or a key: the cashier types a phone or a card.
function SearchCardByPhone() {
  bonexGuarded("SearchCardByPhone", function () {
    var typed, tries;
    for (tries = 0; tries < 3; tries++) {
      typed = actions.inputString("Bonex: телефон или карта клиента", "", 20, 0);
      if (typed === null || typed === undefined || bonexTrim(typed) === "") {
        return;
      }
      if (bonexIsClient(typed)) {
        bonexAttach(typed);
        return;
      }
      actions.showMessage("Это не телефон и не карта Bonex: " + bonexTrim(typed));
    }
  });
}

function OnBonexPhoneEntered(phone) {
  bonexGuarded("OnBonexPhoneEntered", function () {
    bonexAttach(phone);
  });
}

function OnBonexBarcodeScanned(barcode) {
  bonexGuarded("OnBonexBarcodeScanned", function () {
    bonexAttach(barcode);
  });
}

// After Frontol's own search of a card. Returns nothing: a card of another programme is left alone.
function AttachCard(card) {
  bonexGuarded("AttachCard", function () {
    var paper = bonexDocument();
    var value = "";
    if (card && card.value !== undefined && card.value !== null) {
      value = card.value;
    } else if (paper !== null && paper.card && paper.card.count > 0) {
      paper.card.index = paper.card.count;
      value = bonexOr(paper.card.value, "");
    }
    if (bonexIsClient(value)) {
      bonexAttach(value);
    }
  });
}

// Returns whether a text is a phone, a club card or its barcode.
function bonexIsClient(text) {
  var plain = bonexPlain(text);
  return /^\d{3}-\d{7}$/.test(plain) || /^200\d{10}$/.test(plain) || bonexIsPhone(plain);
}

function bonexIsPhone(plain) {
  return /^\d{9}$/.test(plain) || /^\+?992\d{9}$/.test(plain) || /^00992\d{9}$/.test(plain) ||
    /^\+\d{10,15}$/.test(plain);
}

// Takes out what people write between digits. A number is never made another one.
function bonexPlain(text) {
  var plain = bonexTrim(bonexOr(text, ""));
  if (/^\d{3}-\d{7}$/.test(plain)) {
    return plain;
  }
  plain = plain.replace(/[\s\u00a0\u2009\u202f()\-\u2010-\u2015\u2212]/g, "");
  return /^\d{9}$/.test(plain) ? "+992" + plain : plain;
}

// Finds a client and makes them the client of the check.
function bonexAttach(identifier) {
  var paper = bonexDocument();
  var check, plain, answer;
  if (paper === null) {
    actions.showMessage("Bonex: сначала откройте чек.");
    return;
  }
  if (!bonexIsClient(identifier)) {
    actions.showMessage("Это не телефон и не карта Bonex.");
    return;
  }
  check = bonexCurrent();
  plain = bonexPlain(identifier);
  // What an earlier attempt has taken is given back before anybody is told what can be spent.
  bonexUndo("looked for again");
  answer = bonexFind(plain, bonexTotal(paper));
  if (answer.status === 404 && BONEX_AUTO_REGISTER && bonexIsPhone(plain)) {
    answer = HttpPost("/cashier/client/register", { phone: plain }, BONEX_WAIT_SALE);
  }
  if (answer.status !== 200 && answer.status !== 201) {
    bonexAttachUnseen(paper, plain, answer);
    return;
  }
  bonexChange(paper);
  check.client = {
    phone: answer.data.phone,
    name: bonexOr(answer.data.full_name, ""),
    balance: bonexDirams(answer.data.bonus_balance)
  };
  bonexKeep();
  bonexOffer(paper);
}

// Without a network the check earns its bonuses later; it cannot spend any.
function bonexAttachUnseen(paper, plain, answer) {
  if (!(answer.status === 0 || answer.status >= 500) || !bonexIsPhone(plain)) {
    actions.showMessage("Bonex: " + bonexWhy(answer));
    return;
  }
  bonexChange(paper);
  bonexCurrent().client = { phone: plain, name: "", balance: 0 };
  bonexKeep();
  actions.showMessage("Bonex: нет связи. Бонусы за чек будут начислены позже, списать сейчас нельзя.");
}

function bonexFind(plain, total) {
  var path = "/cashier/client/" + encodeURIComponent(plain);
  if (total > 0) {
    path += "?check_amount=" + bonexSum(total);
  }
  return HttpGet(path, BONEX_WAIT_SEARCH);
}

// Repeats the question how many bonuses to spend.
function EnterBonusPayment() {
  bonexGuarded("EnterBonusPayment", function () {
    var paper = bonexDocument();
    if (paper === null || bonexCurrent().client === null) {
      actions.showMessage("Bonex: сначала найдите клиента.");
      return;
    }
    bonexChange(paper);
    bonexOffer(paper);
  });
}

// Asks how many bonuses to spend; Enter takes the most.
function bonexOffer(paper) {
  var check = bonexCurrent();
  var client = check.client;
  var hello = bonexGreeting(client);
  var answer = bonexFind(client.phone, bonexTotal(paper));
  var most, typed, dirams, tries;
  if (answer.status !== 200) {
    actions.showMessage(hello + "\n" + bonexWhy(answer));
    return;
  }
  most = bonexDirams(bonexOr(answer.data.loyalty.max_redeem_amount, 0));
  if (most <= 0 || bonexKind(paper) !== "sale") {
    actions.showMessage(hello);
    return;
  }
  for (tries = 0; tries < 3; tries++) {
    typed = actions.inputString(hello + "\nСписать бонусов (не больше " + bonexWords(most) + ")",
      bonexWords(most), 12, 0);
    if (typed === null || typed === undefined || bonexTrim(typed) === "") {
      return;
    }
    dirams = bonexTypedDirams(typed);
    if (dirams !== null && dirams <= most) {
      bonexSpend(paper, dirams);
      return;
    }
    actions.showMessage("Введите сумму от 0 до " + bonexWords(most) + ".");
  }
}

function bonexGreeting(client) {
  return "Bonex: " + (client.name || client.phone) + "\nБонусов: " + bonexWords(client.balance);
}

// Puts the bonuses into the check.
function bonexSpend(paper, dirams) {
  bonexCurrent().redeem = dirams;
  bonexKeep();
  if (dirams === 0) {
    return;
  }
  if (BONEX_REDEEM_MODE === "discount") {
    paper.recalculateAllDiscounts();
  } else {
    bonexUnpaying = true;
    try {
      paper.addPayment(BONEX_PAYMENT_CODE, dirams / 100, null);
    } finally {
      bonexUnpaying = false;
    }
  }
  actions.showMessage("К оплате деньгами: " + bonexWords(bonexToPay(paper, dirams)) + " сом.");
}

function bonexToPay(paper, dirams) {
  var total = bonexTotal(paper);
  return BONEX_REDEEM_MODE === "discount" ? total : total - dirams;
}

// The marketing action "discount from a script": the share of the current row, in somoni. The last
// row takes the rest, so that the shares are the bonuses to the diram.
function ApplySumDiscountToPosition(name) {
  var paper = bonexDocument();
  var check, before, sum, given, share, found;
  if (!BONEX_ENABLED || name !== "bonexBonus" || BONEX_REDEEM_MODE !== "discount" || paper === null) {
    return 0;
  }
  check = bonexCurrent();
  if (check.client === null || check.redeem === 0) {
    return 0;
  }
  before = paper.position.index;
  sum = 0;
  bonexEach(paper.position, function (row) {
    sum += row.storno ? 0 : bonexDirams(row.totalSum);
  });
  given = 0;
  found = 0;
  share = 0;
  bonexEach(paper.position, function (row, i) {
    var own = row.storno ? 0 : bonexDirams(row.totalSum);
    found += own;
    // What all rows so far carry, less what the rows before carry: nothing is lost by rounding.
    var carried = sum === 0 ? 0 : Math.round(check.redeem * found / sum);
    if (i === before) {
      share = carried - given;
    }
    given = carried;
  });
  return share / 100;
}
