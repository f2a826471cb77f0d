import { type DuckEngine, literal } from '../lake/duck.ts';
import { scalarText } from '../lake/scalar.ts';
import {
  type ColumnMapping,
  type Sample,
  formOf,
  mapColumns,
  sampledColumns,
  severalParts,
  withComputed,
} from './columnMapping.ts';
import { type FileFormat, refused } from './inspect.ts';
import { stagingSql } from './normalise.ts';
import {
  type InputFile,
  type StageOptions,
  type Staging,
  copyWithProgress,
  narrowFirst,
  readable,
} from './staging.ts';

const ALLOWED_TYPES: Record<string, RegExp> = {
  decimal: /^(VARCHAR|DECIMAL.*|DOUBLE|FLOAT|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?)$/,
  datetime: /^(VARCHAR|TIMESTAMP.*|DATE)$/,
  string: /^(VARCHAR|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|UUID|ENUM.*)$/,
};
const NEEDED: Record<string, 'decimal' | 'datetime' | 'string'> = {
  BilledCost: 'decimal',
  EffectiveCost: 'decimal',
  ListCost: 'decimal',
  ContractedCost: 'decimal',
  ChargePeriodStart: 'datetime',
  BillingPeriodStart: 'datetime',
  BillingAccountId: 'string',
  BillingCurrency: 'string',
};

export async function stageParquet(
  engine: DuckEngine,
  input: InputFile,
  _format: FileFormat,
  _folder: string,
  _index: number,
  target: string,
  options: StageOptions,
): Promise<Staging> {
  const table = `read_parquet(${literal(input.path)})`;
  const schema = await engine.all(`DESCRIBE SELECT * FROM ${table}`).catch((error: unknown) => {
    throw refused(input.name, 'damaged', 'is a damaged Parquet file', error);
  });
  const headers = schema.map((row) => scalarText(row['column_name']));
  const types = schema.map((row) => scalarText(row['column_type']));
  const mapping = mapColumns(input.name, headers, types);
  const { columns, all } = mapping;
  for (const [name, kind] of Object.entries(NEEDED)) {
    const column = columns.get(name);
    if (column && !ALLOWED_TYPES[kind]?.test(column.type))
      throw refused(
        input.name,
        'wrong-type',
        `stores ${name} as ${column.type}, not as a ${kind}; nothing of it was imported`,
      );
  }
  const names = all
    .map((c) => {
      const column = `"${c.header.replaceAll('"', '""')}"`;
      // Reports of AWS have empty texts where there is nothing.
      const empty = mapping.schema === 'cur-2.0' && c.type === 'VARCHAR';
      return `${empty ? `nullif(${column}, '')` : column} AS _s${c.position}`;
    })
    .join(', ');
  const rows = `(SELECT ${names} FROM ${table})`;
  const sample = await readSample(engine, rows, mapping).catch((error: unknown) => {
    throw readable(input.name, error);
  });
  const divided = severalParts(sample, mapping);
  await narrowFirst(formOf(sample, mapping, options), target, (plain) =>
    engine.use(
      (connection) =>
        copyWithProgress(
          connection,
          stagingSql(withComputed(rows, mapping), columns, all, options, plain),
          target,
          divided,
          input.name,
          options,
        ),
      options.signal,
    ),
  ).catch((error: unknown) => {
    throw readable(input.name, error);
  });
  return { mapping, headers, divided, malformed: [] };
}

/** Rows looked at to tell how a file is best read. */
const SAMPLE_ROWS = 1000;

async function readSample(engine: DuckEngine, rows: string, mapping: ColumnMapping): Promise<Sample> {
  const columns = sampledColumns(mapping);
  if (columns.length === 0) return [];
  const texts = columns.map((c) => `_s${c.position}::VARCHAR AS _s${c.position}`).join(', ');
  const found = await engine.all(`SELECT ${texts} FROM ${rows} LIMIT ${SAMPLE_ROWS}`);
  return found.map((row) => {
    const cells: (string | null)[] = Array.from({ length: mapping.all.length }, () => null);
    for (const { position } of columns) {
      const value = row[`_s${position}`];
      if (typeof value === 'string') cells[position] = value;
    }
    return cells;
  });
}
