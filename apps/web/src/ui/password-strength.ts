/** Rough strength of a password from 0 (nothing) to 4 (strong). The server has the last word. */
export type Strength = 0 | 1 | 2 | 3 | 4;

const sequences = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** How many characters of `text` merely continue a run such as `aaa`, `123` or `qwe`. */
function predictable(text: string): number {
  let count = 0;
  for (let index = 2; index < text.length; index += 1) {
    const run = text.slice(index - 2, index + 1).toLowerCase();
    const reversed = [...run].toReversed().join('');
    const repeats = run[0] === run[1] && run[1] === run[2];
    if (repeats || sequences.some((sequence) => sequence.includes(run) || sequence.includes(reversed)))
      count += 1;
  }
  return count;
}

/**
 * Estimates bits as effective length × log2(alphabet) and maps them to four steps. Length counts most, as in
 * NIST SP 800-63B; nothing demands a class of characters.
 */
export function passwordStrength(password: string): Strength {
  if (password === '') return 0;
  const distinct = new Set(password).size;
  const effective = Math.min(password.length - predictable(password), distinct * 2.2);
  const alphabet =
    (/[a-z]/.test(password) ? 26 : 0) +
    (/[A-Z]/.test(password) ? 26 : 0) +
    (/\d/.test(password) ? 10 : 0) +
    (/[^a-zA-Z\d]/.test(password) ? 33 : 0);
  const bits = effective * Math.log2(Math.max(alphabet, 2));
  if (password.length < 10 || bits < 35) return 1;
  if (bits < 55) return 2;
  return bits < 75 ? 3 : 4;
}
