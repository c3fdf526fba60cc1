// The photographs of the bench in groups. Each group shows one problem that occurs at a counter.

import { HEIGHT, WIDTH, photograph } from "./camera.js";
import { Random } from "./random.js";
import { bareCounter, phoneScreen, printedCard } from "./scenes.js";
import { damagedEanSymbol, damagedQrSymbol, eanSymbol, qrSymbol } from "./symbols.js";

const FRAMES_PER_GROUP = 40;
const TURN = 2 * Math.PI;
const degrees = (angle) => (angle * TURN) / 360;

/** Returns the values that a group does not replace: a phone that is held well. */
function ordinary(random) {
  return {
    size: random.scale(170, 400),
    x: WIDTH / 2 + random.between(-120, 120),
    y: HEIGHT / 2 + random.between(-80, 80),
    roll: random.between(0, TURN),
    tilt: random.between(0, degrees(15)),
    tiltDirection: random.between(0, TURN),
    defocus: random.between(0.5, 1),
    motion: 0,
    motionDirection: random.between(0, TURN),
    exposure: random.between(0.7, 1),
    noise: random.between(1.5, 4),
    shade: vignette(random),
    glare: () => 0,
  };
}

const QR_GROUPS = {
  plain: () => ({}),
  tilted: (random) => ({ tilt: degrees(random.between(30, 60)), size: random.scale(220, 400) }),
  "out of focus": (random, shot) => ({ defocus: (shot.size / 25) * random.between(0.3, 0.8) }),
  "shaken hand": (random, shot) => ({ motion: (shot.size / 25) * random.between(0.6, 2) }),
  glare: (random, shot) => ({ glare: spot(random, shot), exposure: random.between(0.8, 1.2) }),
  far: (random) => ({ size: random.scale(90, 150), defocus: random.between(0.6, 1.1) }),
  near: (random) => ({ size: random.scale(400, 500), defocus: random.between(1, 4), x: WIDTH / 2, y: HEIGHT / 2 }),
  "dim light": (random) => ({ exposure: random.scale(0.02, 0.15), noise: random.between(5, 14) }),
  "bands and moiré": (random) => ({ shade: bands(random) }),
  "all at once": (random, shot) => ({
    tilt: degrees(random.between(10, 40)),
    defocus: (shot.size / 25) * random.between(0.2, 0.45),
    motion: (shot.size / 25) * random.between(0.2, 0.8),
    noise: random.between(3, 9),
    shade: random.chance(0.5) ? bands(random) : shot.shade,
    glare: random.chance(0.5) ? spot(random, shot) : shot.glare,
  }),
};

const DARK_GROUPS = {
  "dark mode": () => ({}),
  "dark mode, worse": (random, shot) => ({
    tilt: degrees(random.between(10, 45)),
    defocus: (shot.size / 25) * random.between(0.2, 0.5),
    glare: random.chance(0.3) ? spot(random, shot) : shot.glare,
    noise: random.between(3, 8),
  }),
};

const EAN_GROUPS = {
  "barcode, held straight": (random) => ({
    size: random.scale(260, 600),
    roll: degrees(random.between(-20, 20)) + (random.chance(0.3) ? TURN / 2 : 0),
  }),
  "barcode, any turn": (random) => ({ size: random.scale(260, 600), tilt: degrees(random.between(0, 30)) }),
  "barcode, poor": (random, shot) => ({
    size: random.scale(300, 600),
    roll: degrees(random.between(-12, 12)),
    defocus: random.between(1, 2),
    noise: random.between(4, 9),
    shade: random.chance(0.5) ? bands(random) : shot.shade,
  }),
};

const EMPTY_GROUPS = {
  "nothing there": { scene: bareCounter, size: 350 },
  "damaged QR": { scene: (random) => phoneScreen(damagedQrSymbol(random), random), size: 300 },
  "damaged barcode": { scene: (random) => printedCard(damagedEanSymbol(random), random), size: 450, straight: true },
};

/**
 * Yields every frame with its group, its number within the group, its text (null: nothing to read)
 * and its pixels. Another `seed` gives other photographs of the same groups.
 */
export function* frames(seed) {
  for (const group of groups()) {
    for (let number = 0; number < FRAMES_PER_GROUP; number++) {
      const random = new Random(seed + group.seed + number);
      const { scene, shot, text } = group.compose(random);
      yield { group: group.name, symbology: group.symbology, number, text, pixels: photograph(scene, shot, random) };
    }
  }
}

function groups() {
  const all = [
    ...Object.entries(QR_GROUPS).map(([name, trouble]) => [name, "QR", withSymbol(qrSymbol, phoneScreen, trouble)]),
    ...Object.entries(DARK_GROUPS).map(([name, trouble]) => [name, "QR", withSymbol(qrSymbol, darkPhoneScreen, trouble)]),
    ...Object.entries(EAN_GROUPS).map(([name, trouble]) => [name, "EAN", withSymbol(eanSymbol, cardOrPhone, trouble)]),
    ...Object.entries(EMPTY_GROUPS).map(([name, empty]) => [name, "none", withoutText(empty)]),
  ];
  return all.map(([name, symbology, compose], place) => ({ name, symbology, compose, seed: (place + 1) * 1000 }));
}

const darkPhoneScreen = (symbol, random) => phoneScreen(symbol, random, { dark: true });
const cardOrPhone = (symbol, random) => (random.chance(0.5) ? printedCard : phoneScreen)(symbol, random);

function withSymbol(makeSymbol, makeScene, trouble) {
  return (random) => {
    const symbol = makeSymbol(random);
    const shot = ordinary(random);
    return { text: symbol.text, scene: makeScene(symbol, random), shot: { ...shot, ...trouble(random, shot) } };
  };
}

function withoutText({ scene, size, straight }) {
  return (random) => {
    const shot = { ...ordinary(random), size: size * random.between(0.8, 1.2) };
    if (straight) shot.roll = degrees(random.between(-20, 20));
    return { text: null, scene: scene(random), shot };
  };
}

/** Returns a shade with corners darker than the middle, and light from one side. */
function vignette(random) {
  const fall = random.between(0.1, 0.4);
  const [across, down] = [random.between(-0.3, 0.3), random.between(-0.3, 0.3)];
  return (x, y) => {
    const [px, py] = [x / WIDTH - 0.5, y / HEIGHT - 0.5];
    return 1 - fall * 2 * (px * px + py * py) + across * px + down * py;
  };
}

/** Returns the reflection of a lamp in the glass, on or beside the symbol. */
function spot(random, { size, x, y }) {
  const [way, direction] = [size * random.between(0.1, 0.7), random.between(0, TURN)];
  const [sx, sy] = [x + way * Math.cos(direction), y + way * Math.sin(direction)];
  const radius = size * random.between(0.1, 0.35);
  const strength = random.between(0.5, 2);
  const veil = random.between(0, 0.15);
  return (px, py) => veil + strength * Math.exp(-((px - sx) ** 2 + (py - sy) ** 2) / (2 * radius ** 2));
}

/**
 * Returns bands from the flicker of the screen, and two waves of moiré between its pixels and the
 * sensor's.
 */
function bands(random) {
  const light = vignette(random);
  const wave = (strength, shortest, longest) => {
    const direction = random.between(0, TURN);
    const frequency = TURN / random.scale(shortest, longest);
    const [across, down] = [frequency * Math.cos(direction), frequency * Math.sin(direction)];
    const phase = random.between(0, TURN);
    return (x, y) => 1 + strength * Math.sin(across * x + down * y + phase);
  };
  const waves = [
    wave(random.between(0.1, 0.5), 80, 300),
    wave(random.between(0.1, 0.4), 4, 30),
    wave(random.between(0.1, 0.4), 4, 30),
  ];
  return (x, y) => waves.reduce((left, wave) => left * wave(x, y), light(x, y));
}
