// Counts the results of the decoders, and formats the table of them.

/** The results of one decoder. */
export class Tally {
  /** The number of frames in each group, and the number read correctly. */
  groups = new Map();
  /** The texts read that the frames do not contain. */
  misreads = [];
  /** The time for each frame, in milliseconds. */
  times = [];

  constructor(name) {
    this.name = name;
  }

  add(frame, text, milliseconds) {
    const group = this.groups.get(frame.group) ?? { frames: 0, read: 0, readable: frame.text !== null };
    this.groups.set(frame.group, group);
    group.frames += 1;
    if (text !== null && text === frame.text) group.read += 1;
    if (text !== null && text !== frame.text) {
      this.misreads.push({ frame: { group: frame.group, number: frame.number, text: frame.text }, text });
    }
    this.times.push(milliseconds);
  }

  read(group) {
    const count = this.groups.get(group);
    return count ? `${count.read}` : "–";
  }

  get total() {
    return [...this.groups.values()].reduce((sum, { read }) => sum + read, 0);
  }

  quantile(share) {
    const sorted = [...this.times].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  }
}

/**
 * Formats a row for each group, then totals, misreads and times, with a column for each decoder.
 */
export function table(tallies) {
  const [first] = tallies;
  const readable = [...first.groups].filter(([, { readable }]) => readable);
  const frames = (groups) => groups.reduce((sum, [, { frames }]) => sum + frames, 0);
  const all = [...first.groups];
  const rows = [
    ["group", "frames", ...tallies.map(({ name }) => name)],
    ...readable.map(([name, { frames }]) => [name, frames, ...tallies.map((tally) => tally.read(name))]),
    ["decoded", frames(readable), ...tallies.map(({ total }) => total)],
    ["misread", frames(all), ...tallies.map(({ misreads }) => misreads.length)],
    ["p50, ms per frame", frames(all), ...tallies.map((tally) => tally.quantile(0.5).toFixed(1))],
    ["p95, ms per frame", frames(all), ...tallies.map((tally) => tally.quantile(0.95).toFixed(1))],
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const line = (row) =>
    row.map((cell, column) => (column ? String(cell).padStart(widths[column]) : String(cell).padEnd(widths[column]))).join("  ");
  return rows.map(line).join("\n");
}
