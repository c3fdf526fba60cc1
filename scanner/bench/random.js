// Pseudo-random numbers that are the same on every machine and in every run.

/** The mulberry32 generator, with the distributions that photographs need. */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** Returns a whole number of 32 bits. */
  bits() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** Returns a number from `low` up to, but not including, `high`. */
  between(low, high) {
    return low + ((high - low) * this.bits()) / 2 ** 32;
  }

  /**
   * Returns a number whose logarithm is evenly distributed: as many between 100 and 200 as between
   * 200 and 400.
   */
  scale(low, high) {
    return Math.exp(this.between(Math.log(low), Math.log(high)));
  }

  /** Returns a whole number from 0 to `count - 1`. */
  below(count) {
    return Math.floor(this.between(0, count));
  }

  /** Returns true with this probability. */
  chance(probability) {
    return this.between(0, 1) < probability;
  }

  /** Returns one of the given things. */
  pick(things) {
    return things[this.below(things.length)];
  }

  /** Returns a text of decimal digits with this length. */
  digits(length) {
    return Array.from({ length }, () => this.below(10)).join("");
  }

  /**
   * Returns a number from the normal distribution. It is one of 4096 numbers computed once, because
   * it is needed for every pixel.
   */
  normal() {
    return NORMAL[this.bits() & 4095];
  }
}

const NORMAL = normalDraws(new Random(4096));

function normalDraws(random) {
  // The sum of twelve evenly distributed numbers is close enough to normal, and has no long tails.
  const draw = () => Array.from({ length: 12 }, () => random.between(0, 1)).reduce((a, b) => a + b) - 6;
  return Float32Array.from({ length: 4096 }, draw);
}
