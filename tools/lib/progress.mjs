/** After this long a step is worth a line. */
const QUIET_MS = 1_000;
/** After each of these, the line is repeated with the time so far. */
const REPEAT_MS = 15_000;

/**
 * Runs a step and says what is going on when it takes longer than a second.
 *
 * @template T
 * @param {string} label what is being done, as "Installing the packages"
 * @param {() => Promise<T>} work
 * @param {(line: string) => void} [print]
 * @returns {Promise<T>}
 */
export async function withProgress(label, work, print = (line) => console.log(line)) {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1_000).toFixed(1)} s`;
  let shown = false;
  const first = setTimeout(() => {
    shown = true;
    print(`${label} …`);
  }, QUIET_MS);
  const repeat = setInterval(() => print(`${label} … ${seconds()}`), REPEAT_MS);
  try {
    const result = await work();
    if (shown) print(`${label}: done in ${seconds()}`);
    return result;
  } finally {
    clearTimeout(first);
    clearInterval(repeat);
  }
}
