// Chance that is the same on every machine and in every run.

/** The mulberry32 generator with the draws that photographs need. */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** A whole number of 32 bits. */
  bits() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** A number from `low` up to, not including, `high`. */
  between(low, high) {
    return low + ((high - low) * this.bits()) / 2 ** 32;
  }

  /** A number whose logarithm is even: as many between 100 and 200 as between 200 and 400. */
  scale(low, high) {
    return Math.exp(this.between(Math.log(low), Math.log(high)));
  }

  /** A whole number from 0 to `count - 1`. */
  below(count) {
    return Math.floor(this.between(0, count));
  }

  /** Whether something of this probability happens. */
  chance(probability) {
    return this.between(0, 1) < probability;
  }

  /** One of the given things. */
  pick(things) {
    return things[this.below(things.length)];
  }

  /** Decimal digits, as a text of this length. */
  digits(length) {
    return Array.from({ length }, () => this.below(10)).join("");
  }

  /** A draw from the normal distribution, quick enough for every pixel: one of 4096 made once. */
  normal() {
    return NORMAL[this.bits() & 4095];
  }
}

const NORMAL = normalDraws(new Random(4096));

function normalDraws(random) {
  // Twelve even draws added up are near enough to normal, and have no long tails.
  const draw = () => Array.from({ length: 12 }, () => random.between(0, 1)).reduce((a, b) => a + b) - 6;
  return Float32Array.from({ length: 4096 }, draw);
}
