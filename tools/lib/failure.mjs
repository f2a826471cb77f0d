/** A failure to explain to the person at the terminal: `message` says what is wrong, `hint` what to do about it. */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {string} hint
   */
  constructor(message, hint) {
    super(message);
    this.name = 'Failure';
    this.hint = hint;
  }
}

/**
 * The text shown for a failure. An error that carries no hint is a defect of ours: its stack is kept.
 *
 * @param {unknown} error
 * @param {string} [what] what could not be done
 * @returns {string}
 */
export function describeFailure(error, what = 'CloudAtlas could not start') {
  if (error instanceof Error && 'hint' in error && typeof error.hint === 'string') {
    return `${what}: ${error.message}.\n  ${error.hint}`;
  }
  return `${what}, for a reason it does not know:\n${error instanceof Error ? error.stack : String(error)}`;
}

/**
 * Prints a failure and makes the process end with exit code 1.
 *
 * @param {unknown} error
 * @param {string} [what]
 */
export function fail(error, what) {
  console.error(`\n${describeFailure(error, what)}\n`);
  process.exitCode = 1;
}
