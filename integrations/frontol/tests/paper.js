// A document of Frontol, as a script sees it: sums in somoni, cursors that begin with 1.

/** The code of the payment with bonuses. */
export const BONUS = 90;

export class Paper {
  rows = [];
  payments = [];
  cards = [];
  baseDocument = null;
  #values = new Map();

  constructor(till, number, operation = 0) {
    this.till = till;
    this.number = number;
    this.type = { operation, code: operation };
    this.position = cursor(this.rows, (row) => ({
      ...row,
      totalSum: round(row.price * row.quantity),
      sumWithDiscs: round(row.price * row.quantity - (row.discount ?? 0)),
      priceWithDiscs: row.price,
      ware: { code: row.code, mark: "", name: row.name },
    }));
    this.payment = cursor(this.payments, (payment) => ({
      type: { code: payment.code },
      sumInBaseCurrency: payment.sum,
    }));
    this.card = cursor(this.cards, (value) => ({ value }));
    this.userValues = {
      get: (name) => this.#values.get(name) ?? null,
      set: (name, value) => void this.#values.set(name, value),
      remove: (name) => void this.#values.delete(name),
    };
  }

  get #valid() {
    return this.rows.filter((row) => !row.storno);
  }

  get totalSum() {
    return round(this.#valid.reduce((sum, row) => sum + row.price * row.quantity, 0));
  }

  get sumWithDiscs() {
    return round(this.totalSum - this.#valid.reduce((sum, row) => sum + (row.discount ?? 0), 0));
  }

  /** The bonuses that pay it, in dirams. */
  get bonuses() {
    const paid = this.payments.filter(({ code }) => code === BONUS).reduce((sum, payment) => sum + payment.sum, 0);
    return Math.round(paid * 100);
  }

  addPayment(code, sum) {
    this.payments.push({ code, sum });
  }

  stornoPayment(index) {
    this.payments.splice(index - 1, 1);
  }

  /** Asks the script for the discount of each row, as the marketing action does. */
  recalculateAllDiscounts() {
    this.rows.forEach((row, i) => {
      this.position.index = i + 1;
      row.discount = this.till.script.ApplySumDiscountToPosition("bonexBonus");
    });
  }
}

const round = (sum) => Math.round(sum * 100) / 100;

/** Frontol's lists: `index` selects the item whose fields the list then has. */
function cursor(list, view) {
  const state = { index: 0 };
  return new Proxy(state, {
    get(target, name) {
      if (name === "index") return target.index;
      if (name === "count") return list.length;
      const item = list[target.index - 1];
      return item === undefined ? undefined : view(item)[name];
    },
    set(target, name, value) {
      target[name] = value;
      return true;
    },
  });
}
