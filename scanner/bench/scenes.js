// The scenes under the camera: a phone or a printed card with a symbol on it, on a counter.

/**
 * Returns the scene of a client's phone: the symbol on a page of an app, with a black rim, on a
 * counter.
 */
export function phoneScreen(symbol, random, { dark = false } = {}) {
  const page = dark ? random.between(0.01, 0.05) : random.between(0.75, 1);
  const ink = dark ? random.between(0.7, 1) : random.between(0.01, 0.06);
  const halfWidth = 0.5 + symbol.quiet + random.between(0.02, 0.3);
  const bottom = halfWidth * random.between(1.2, 1.8);
  const top = -halfWidth * random.between(1.2, 1.8);
  const rim = random.between(0.03, 0.08);
  const write = writing(random, symbol);
  const lie = counter(random);
  const drawn = withSymbol(symbol, page, ink);
  return (u, v) => {
    if (Math.abs(u) < halfWidth && v > top && v < bottom) return drawn(u, v) ?? (write(u, v) ? ink : page);
    if (Math.abs(u) < halfWidth + rim && v > top - rim && v < bottom + rim) return 0.015;
    return lie(u, v);
  };
}

/**
 * Returns the scene of a printed card: less contrast than a screen, and a coloured area around the
 * white field.
 */
export function printedCard(symbol, random) {
  const paper = random.between(0.6, 0.85);
  const ink = random.between(0.03, 0.1);
  const ground = random.between(0.1, 0.5);
  const halfWidth = 0.5 + symbol.quiet + random.between(0, 0.1);
  const halfHeight = symbol.height / 2 + symbol.quiet + random.between(0, 0.1);
  const lie = counter(random);
  const drawn = withSymbol(symbol, paper, ink);
  return (u, v) => {
    if (Math.abs(u) < halfWidth && Math.abs(v) < halfHeight) return drawn(u, v) ?? paper;
    if (Math.abs(u) < halfWidth + 0.3 && Math.abs(v) < halfHeight + 0.25) return ground;
    return lie(u, v);
  };
}

/** Returns the scene of a counter with goods, a receipt and stripes on it, but without a symbol. */
export function bareCounter(random) {
  const lie = counter(random);
  const write = writing(random, { quiet: 0, height: 0.02 });
  const stripes = random.between(10, 60);
  const tilesAcross = random.between(8, 40);
  const seed = random.bits();
  return (u, v) => {
    if (Math.abs(u) < 0.7 && v > 0 && v < 0.6) return write(u, v) ? 0.05 : 0.8;
    if (Math.abs(u) < 0.5 && v > -0.35 && v < -0.1) return hash(Math.floor((u + 1) * stripes), seed) & 1 ? 0.04 : 0.7;
    if (Math.abs(u) < 0.5 && v < -0.4 && v > -1) {
      return hash(Math.floor((u + 1) * tilesAcross) * 1009 + Math.floor((v + 2) * tilesAcross), seed) & 1 ? 0.04 : 0.7;
    }
    return lie(u, v);
  };
}

function withSymbol(symbol, light, dark) {
  return (u, v) => {
    if (Math.abs(u) >= 0.5 || Math.abs(v) >= symbol.height / 2) {
      const quiet = Math.abs(u) < 0.5 + symbol.quiet && Math.abs(v) < symbol.height / 2 + symbol.quiet;
      return quiet ? light : undefined;
    }
    return symbol.dark(u, v) ? dark : light;
  };
}

/** Returns lines of something like letters, above and below the symbol. */
function writing(random, symbol) {
  const clear = symbol.height / 2 + symbol.quiet;
  const lineHeight = random.between(0.06, 0.12);
  const seed = random.bits();
  return (u, v) => {
    if (Math.abs(v) < clear) return false;
    const line = Math.floor(v / lineHeight);
    const within = v / lineHeight - line;
    if (within < 0.3 || within > 0.8 || Math.abs(u) > 0.45 || hash(line, seed) % 3 === 0) return false;
    const dot = Math.floor((u + 2) / (lineHeight / 7)) * 31 + Math.floor(within * 9);
    return hash(dot + line * 4099, seed) % 5 < 2;
  };
}

// The size of the counter's pattern in grains, after which it repeats. A symbol is 150 grains wide.
const TILE = 512;

/** Returns a surface with a grain and large soft spots. */
function counter(random) {
  const ground = random.between(0.05, 0.5);
  const waves = Array.from({ length: 3 }, () => [random.below(5) - 2, random.below(5) - 2, random.between(0, 6)]);
  const tile = Float32Array.from({ length: TILE * TILE }, (_, at) => {
    const [x, y] = [at % TILE, Math.floor(at / TILE)].map((place) => (2 * Math.PI * place) / TILE);
    const spots = waves.reduce((sum, [across, along, phase]) => sum + Math.sin(across * x + along * y + phase), 0);
    return ground * (1 + 0.12 * spots) * random.between(0.9, 1.1);
  });
  return (u, v) => tile[(Math.floor(v * 150) & (TILE - 1)) * TILE + (Math.floor(u * 150) & (TILE - 1))];
}

function hash(number, seed) {
  let mixed = Math.imul(number ^ seed, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
