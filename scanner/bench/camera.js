// A camera above a plane: computes its picture of a scene, with the effects of lens, hand and
// sensor.

export const WIDTH = 960;
export const HEIGHT = 720;

// In pixels per tangent of 45°: the main lens of a phone.
const FOCAL_LENGTH = 850;

/**
 * The way in which a photograph is taken.
 *
 * @typedef {object} Shot
 * @property {number} size width of the symbol in pixels, seen from directly above
 * @property {number} x position of its middle, in pixels
 * @property {number} y
 * @property {number} roll turn of the symbol in the picture, in radians
 * @property {number} tilt angle between camera and plane, in radians
 * @property {number} tiltDirection direction of the tilt, in radians
 * @property {number} defocus standard deviation of the blur, in pixels
 * @property {number} motion distance the camera moves during the exposure, in pixels
 * @property {number} motionDirection in radians
 * @property {number} exposure 1 makes white exactly white
 * @property {number} noise standard deviation at mid grey, in levels of 255
 * @property {(x: number, y: number) => number} shade share of the light that reaches a pixel
 * @property {(x: number, y: number) => number} glare light added at a pixel
 */

/**
 * Takes the picture. `scene` returns the light at a point of the plane, from 0 to 1.
 *
 * @returns {Uint8ClampedArray} RGBA, as in a canvas
 */
export function photograph(scene, shot, random) {
  let light = expose(scene, shot);
  if (shot.motion > 0) light = smear(light, shot.motion, shot.motionDirection);
  if (shot.defocus > 0) light = defocus(light, shot.defocus);
  return develop(light, shot, random);
}

// Four points of a pixel, on a rotated square so that an edge never passes through two of them at
// once.
const POINTS_X = [0.125, 0.375, -0.125, -0.375];
const POINTS_Y = [0.375, -0.125, -0.375, 0.125];

function expose(scene, shot) {
  const [a, b, c, d, e, f, g, h, i] = imageToPlane(shot);
  const light = new Float32Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      let sum = 0;
      for (let point = 0; point < 4; point++) {
        const px = x + POINTS_X[point];
        const py = y + POINTS_Y[point];
        const w = g * px + h * py + i;
        sum += scene((a * px + b * py + c) / w, (d * px + e * py + f) / w);
      }
      light[y * WIDTH + x] = (sum / 4) * shot.shade(x, y) + shot.glare(x, y);
    }
  }
  return light;
}

/** Returns the homography from pixels to the plane, row by row. */
function imageToPlane({ size, x, y, roll, tilt, tiltDirection }) {
  const distance = FOCAL_LENGTH / size;
  const [cosRoll, sinRoll] = [Math.cos(roll), Math.sin(roll)];
  // The plane is turned about an axis that lies in it: Rodrigues' formula, applied to both unit
  // vectors.
  const [ax, ay] = [Math.cos(tiltDirection), Math.sin(tiltDirection)];
  const [cos, sin] = [Math.cos(tilt), Math.sin(tilt)];
  const lean = ([px, py]) => {
    const along = (ax * px + ay * py) * (1 - cos);
    return [px * cos + ax * along, py * cos + ay * along, (ax * py - ay * px) * sin];
  };
  const right = lean([cosRoll, sinRoll]);
  const down = lean([-sinRoll, cosRoll]);
  const middle = [((x - WIDTH / 2) * distance) / FOCAL_LENGTH, ((y - HEIGHT / 2) * distance) / FOCAL_LENGTH, distance];
  const project = (row, offset) =>
    [right, down, middle].map((vector) => FOCAL_LENGTH * vector[row] + offset * vector[2]);
  return inverse([...project(0, WIDTH / 2), ...project(1, HEIGHT / 2), right[2], down[2], middle[2]]);
}

/** Returns the inverse of a 3×3 matrix, multiplied by some factor. */
function inverse([a, b, c, d, e, f, g, h, i]) {
  return [
    e * i - f * h, c * h - b * i, b * f - c * e,
    f * g - d * i, a * i - c * g, c * d - a * f,
    d * h - e * g, b * g - a * h, a * e - b * d,
  ];
}

function smear(light, length, direction) {
  const steps = Math.ceil(length * 2);
  const offsets = Array.from({ length: steps }, (_, step) => {
    const way = (step / (steps - 1) - 0.5) * length;
    return [Math.round(way * Math.cos(direction)), Math.round(way * Math.sin(direction))];
  });
  const smeared = new Float32Array(light.length);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      let sum = 0;
      for (const [dx, dy] of offsets) sum += light[inside(y + dy, HEIGHT) * WIDTH + inside(x + dx, WIDTH)];
      smeared[y * WIDTH + x] = sum / steps;
    }
  }
  return smeared;
}

function defocus(light, deviation) {
  const radius = Math.ceil(deviation * 2.5);
  const weights = Array.from({ length: 2 * radius + 1 }, (_, at) => Math.exp(-((at - radius) ** 2) / (2 * deviation ** 2)));
  const total = weights.reduce((a, b) => a + b);
  const kernel = Float32Array.from(weights, (weight) => weight / total);
  const across = blurLines(light, kernel, radius, WIDTH, 1, HEIGHT, WIDTH);
  return blurLines(across, kernel, radius, HEIGHT, WIDTH, WIDTH, 1);
}

function blurLines(light, kernel, radius, length, step, lines, lineStep) {
  const blurred = new Float32Array(light.length);
  for (let line = 0; line < lines; line++) {
    for (let at = 0; at < length; at++) {
      let sum = 0;
      for (let k = -radius; k <= radius; k++) {
        sum += kernel[k + radius] * light[line * lineStep + inside(at + k, length) * step];
      }
      blurred[line * lineStep + at * step] = sum;
    }
  }
  return blurred;
}

const inside = (at, length) => Math.min(Math.max(at, 0), length - 1);

// The levels 0–255 of screens and files, for light from 0 to 1.
const GAMMA = Float32Array.from({ length: 4097 }, (_, at) => 255 * (at / 4096) ** (1 / 2.2));

function develop(light, { exposure, noise }, random) {
  const pixels = new Uint8ClampedArray(light.length * 4);
  for (let at = 0; at < light.length; at++) {
    const level = GAMMA[Math.min(4096, Math.max(0, Math.round(light[at] * exposure * 4096)))];
    const grain = noise * random.normal();
    pixels[at * 4] = level + grain;
    pixels[at * 4 + 1] = level + grain;
    // Lamps are yellow, and blue is the noisiest colour of a sensor.
    pixels[at * 4 + 2] = level * 0.94 + grain + 0.5 * noise * random.normal();
    pixels[at * 4 + 3] = 255;
  }
  return pixels;
}
