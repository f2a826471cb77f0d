import { FOCUS_COLUMNS, FOCUS_VERSIONS, columnsOf, type FocusVersion } from './columns.ts';

/** Names seen in real files that mean a FOCUS column. Keys are folded (see `fold`). */
const ALIASES: Readonly<Record<string, string>> = {
  // FOCUS 0.5 and 1.0-preview exports, still produced by older jobs
  provider: 'ProviderName',
  publisher: 'PublisherName',
  invoiceissuer: 'InvoiceIssuerName',
  region: 'RegionId',
  amortizedcost: 'EffectiveCost',
  chargetype: 'ChargeCategory',
  // names used while 1.3 was drafted
  serviceprovider: 'ServiceProviderName',
  hostprovider: 'HostProviderName',
  // spellings of hand-made files
  usagetype: 'x_UsageType',
  operation: 'x_Operation',
};

/** Folds a header for comparison: lower case, letters and digits only (`Billed_Cost`, `billed cost` → `billedcost`). */
function fold(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}

const folded = new Map(FOCUS_COLUMNS.map((c) => [fold(c.name), c.name]));

export interface HeaderMapping {
  /** FOCUS column → position in the file. */
  columns: Map<string, number>;
  /** Headers that needed a rule: how they were written and what they were read as. */
  renamed: { from: string; to: string }[];
  /** Headers outside the superset; their values are not stored. */
  ignored: string[];
  /** FOCUS columns claimed by more than one header; such a file is ambiguous. */
  ambiguous: { column: string; headers: string[] }[];
}

/**
 * Maps the headers of a file to FOCUS columns: exact name first, then any case, spacing or
 * underscores, then known aliases. An exact name wins over an alias of the same column.
 */
export function mapHeader(headers: readonly string[]): HeaderMapping {
  const claims = new Map<string, { position: number; header: string; strength: number }[]>();
  const ignored: string[] = [];
  headers.forEach((header, position) => {
    const key = fold(header);
    const direct = folded.get(key);
    const column = direct ?? ALIASES[key];
    if (column === undefined) {
      ignored.push(header);
      return;
    }
    const strength = header.trim() === column || direct !== undefined ? 2 : 1;
    const list = claims.get(column) ?? [];
    list.push({ position, header, strength });
    claims.set(column, list);
  });
  const mapping: HeaderMapping = { columns: new Map(), renamed: [], ignored, ambiguous: [] };
  for (const [column, list] of claims) {
    const best = Math.max(...list.map((c) => c.strength));
    const winners = list.filter((c) => c.strength === best);
    const first = winners[0];
    if (first === undefined) continue;
    if (winners.length > 1) mapping.ambiguous.push({ column, headers: winners.map((c) => c.header) });
    mapping.columns.set(column, first.position);
    if (first.header !== column) mapping.renamed.push({ from: first.header, to: column });
    for (const loser of list) if (!winners.includes(loser)) mapping.ignored.push(loser.header);
  }
  return mapping;
}

/**
 * The FOCUS version a file most likely follows: the newest version that introduced one of its
 * columns. Undefined when fewer than half of the 1.0 mandatory columns are there.
 */
export function detectVersion(columns: Iterable<string>): FocusVersion | undefined {
  const present = new Set(columns);
  const core = columnsOf('1.0').filter((c) => c.level === 'mandatory');
  if (core.filter((c) => present.has(c.name)).length * 2 < core.length) return undefined;
  let version: FocusVersion = '1.0';
  for (const candidate of FOCUS_VERSIONS)
    if (FOCUS_COLUMNS.some((c) => c.since === candidate && c.level !== 'extension' && present.has(c.name)))
      version = candidate;
  return version;
}

/** Mandatory columns of a version that a file lacks. */
export function missingMandatory(version: FocusVersion, columns: Iterable<string>): string[] {
  const present = new Set(columns);
  return columnsOf(version)
    .filter((c) => c.level === 'mandatory' && !present.has(c.name))
    .map((c) => c.name);
}
