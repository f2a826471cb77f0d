/** Money is counted in billionths of a dollar, so that sums are exact up to 9 million dollars. */
export const NANOS = 1e9;

/** Billionths of a dollar as a decimal string, exact. */
export function dollars(nanos: number): string {
  const whole = Math.abs(Math.round(nanos));
  const fraction = String(whole % NANOS)
    .padStart(9, '0')
    .replace(/0+$/, '');
  const text = `${Math.floor(whole / NANOS)}${fraction === '' ? '' : `.${fraction}`}`;
  return nanos < 0 && whole > 0 ? `-${text}` : text;
}
