/** Exchange rate that a conversion lacked: none from `from` into `to` holds on `day`. */
export interface MissingRate {
  from: string;
  to: string;
  day: string;
}

const sentence = /no exchange rate from ([A-Z]{3}) to ([A-Z]{3}) for (\d{4}-\d{2}-\d{2})/;

/** Reads the problem of a question, or the sentence that a budget keeps of one; undefined when it is about something else. */
export function missingRateOf(
  meta: Readonly<Record<string, unknown>> | undefined,
  text: string | null | undefined,
): MissingRate | undefined {
  if (meta !== undefined && meta['reason'] !== 'rate-missing') return undefined;
  const [, from, to, day] = sentence.exec(text ?? '') ?? [];
  return from === undefined || to === undefined || day === undefined ? undefined : { from, to, day };
}
