/** A value of a row; absent values become empty fields. */
export type Cell = string | number | undefined;

/** Columns with the function that makes their value. */
export type Columns<T> = Readonly<Record<string, (item: T) => Cell>>;

function field(value: Cell): string {
  if (value === undefined) return '';
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes items as CSV (RFC 4180, LF) with a header line. */
export function writeCsv<T>(columns: Columns<T>, items: Iterable<T>): string {
  const makers = Object.values(columns);
  const lines = [Object.keys(columns).join(',')];
  for (const item of items) lines.push(makers.map((make) => field(make(item))).join(','));
  return `${lines.join('\n')}\n`;
}

/** Remembers the last answers of a function of a moment: rows of a bill share few of them. */
export function remember(make: (at: number) => string): (at: number) => string {
  const known = new Map<number, string>();
  return (at) => {
    let text = known.get(at);
    if (text === undefined) {
      if (known.size > 5000) known.clear();
      known.set(at, (text = make(at)));
    }
    return text;
  };
}

/** Remembers texts made of tags, which all days of a resource share. */
export function rememberTags(
  make: (tags: ReadonlyMap<string, string>) => string,
): (tags: ReadonlyMap<string, string>) => string {
  const known = new WeakMap<ReadonlyMap<string, string>, string>();
  return (tags) => {
    let text = known.get(tags);
    if (text === undefined) known.set(tags, (text = make(tags)));
    return text;
  };
}
