import { RE2JS } from 're2js';

/** Whether a resource's tags take it out of the examination. */
export type Exclusion = (tags: Readonly<Record<string, string>>) => boolean;

/** Counted repeats multiply the work of a match; a tag needs none this long. */
const maxRepeat = 100;
const maxRemembered = 1000;

/**
 * Reads one exclusion: `Key` (has the tag), `Key==Value`, `Key=~/re/` (the expression is found in its value), and
 * their opposites `Key!=Value` and `Key!~/re/`, which also hold for a resource without the tag. Expressions are RE2's:
 * matched in linear time, so a hostile one costs no more than its length.
 * @throws RangeError with a sentence for the person who typed it
 */
export function parseExclusion(text: string): Exclusion {
  const match = /^(.+?)\s*(==|!=|=~|!~)\s*(.*)$/s.exec(text.trim());
  if (match === null) {
    if (/[=~/]/.test(text))
      throw new RangeError('is none of Key, Key==Value, Key!=Value, Key=~/re/, Key!~/re/');
    const key = text.trim();
    return (tags) => Object.hasOwn(tags, key);
  }
  const [, key = '', operator = '', operand = ''] = match;
  if (operator === '==') return (tags) => Object.hasOwn(tags, key) && tags[key] === operand;
  if (operator === '!=') return (tags) => !Object.hasOwn(tags, key) || tags[key] !== operand;
  const found = finder(operand);
  return operator === '=~'
    ? (tags) => Object.hasOwn(tags, key) && found(tags[key] ?? '')
    : (tags) => !Object.hasOwn(tags, key) || !found(tags[key] ?? '');
}

/** Whether any of the exclusions takes a resource out. */
export function anyExclusion(texts: readonly string[]): Exclusion {
  const exclusions = texts.map(parseExclusion);
  return (tags) => exclusions.some((exclusion) => exclusion(tags));
}

function finder(operand: string): (value: string) => boolean {
  const source = /^\/(.*)\/$/s.exec(operand)?.[1];
  if (source === undefined) throw new RangeError('write the expression between slashes: Key=~/re/');
  for (const [, least = '', most = ''] of source.matchAll(/\{(\d+)(?:,(\d*))?\}/g))
    if (Math.max(Number(least), Number(most)) > maxRepeat)
      throw new RangeError(`repeats more than ${maxRepeat} times`);
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(source);
  } catch (error) {
    throw new RangeError(`is not a regular expression: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    });
  }
  // Estates repeat few values over many resources.
  const known = new Map<string, boolean>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const found = expression.matcher(value).find();
    if (known.size < maxRemembered) known.set(value, found);
    return found;
  };
}
