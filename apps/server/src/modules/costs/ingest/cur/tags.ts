import { literal } from '../../lake/duck.ts';
import type { SourceColumn } from '../normalise.ts';

/** Tag keys under which cost categories are found: `cost_category/Team`. */
const COST_CATEGORY = 'cost_category/';

/**
 * The tags of a row as a JSON object: the keys of `resource_tags` without AWS's prefix `user_`, those of `cost_category`
 * under `cost_category/`. Both are maps in Parquet, JSON objects in CSV, or columns of their own
 * (`resource_tags_user_team`) where the export's query takes them apart.
 *
 * @param used gets the names of the columns it reads
 * @returns undefined when the file has neither
 */
export function tagsSql(source: ReadonlyMap<string, SourceColumn>, used: Set<string>): string | undefined {
  const objects = [
    objectSql(source, used, 'resource_tags', ''),
    objectSql(source, used, 'cost_category', COST_CATEGORY),
  ].filter((sql) => sql !== undefined);
  const [first, second] = objects;
  if (first === undefined || second === undefined) return first;
  return (
    `CASE WHEN ${second} IS NULL THEN ${first} WHEN ${first} IS NULL THEN ${second} ` +
    `ELSE left(${first}, -1) || ',' || substr(${second}, 2) END`
  );
}

function objectSql(
  source: ReadonlyMap<string, SourceColumn>,
  used: Set<string>,
  name: string,
  prefix: string,
): string | undefined {
  const whole = source.get(name);
  if (whole) {
    used.add(name);
    const raw = `_s${whole.position}`;
    const json = whole.type === 'VARCHAR' ? `trim(${raw})` : `to_json(${raw})::VARCHAR`;
    return renamedKeys(json, prefix);
  }
  const entries: string[] = [];
  for (const [header, column] of source) {
    if (!header.startsWith(`${name}_`)) continue;
    used.add(header);
    const key = column.header.trim().slice(name.length + 1);
    entries.push(`{'k': ${literal(prefix + key.replace(/^user_/, ''))}, 'v': _s${column.position}::VARCHAR}`);
  }
  if (entries.length === 0) return undefined;
  const present = `list_filter([${entries.join(', ')}], lambda e: coalesce(e.v, '') <> '')`;
  return `nullif(to_json(map_from_entries(${present}))::VARCHAR, '{}')`;
}

/** The object with its keys renamed, NULL when it is empty; what is no object stays for the importer to drop and count. */
function renamedKeys(json: string, prefix: string): string {
  const key = prefix === '' ? `regexp_replace(k, '^user_', '')` : `${literal(prefix)} || k`;
  const value = `json_extract_string(${json}, '/' || replace(replace(k, '~', '~0'), '/', '~1'))`;
  const exact = `TRY(to_json(map_from_entries(list_transform(json_keys(${json}), lambda k: {'k': ${key}, 'v': ${value}})))::VARCHAR)`;
  // Without a backslash no quote hides inside a text, so a quoted text before a colon is a key: one pass over the text.
  const pattern = prefix === '' ? `'"user_([^"]*)"(\\s*):'` : `'"([^"]*)"(\\s*):'`;
  const quick = `regexp_replace(${json}, ${pattern}, ${literal(String.raw`"${prefix}\1"\2:`)}, 'g')`;
  return (
    `CASE WHEN ${json} IS NULL OR ${json} IN ('', '{}') THEN NULL WHEN coalesce(TRY(json_type(${json})), '') <> 'OBJECT' THEN ${json} ` +
    `WHEN contains(${json}, '\\') THEN ${exact} ELSE ${quick} END`
  );
}
