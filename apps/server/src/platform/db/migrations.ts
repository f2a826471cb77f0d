import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';

/** A folder of `NNNN_name.sql` files that one module owns. */
export interface MigrationSource {
  module: string;
  folder: URL;
}

export interface Migration {
  module: string;
  name: string;
  sql: string;
  /** SHA-256 of the file with line ends normalised, hex. */
  checksum: string;
}

const fileName = /^\d{4}_[a-z0-9_]+\.sql$/;

/** Reads the migrations in the order in which they are applied: module by module, then by number. */
export async function loadMigrations(sources: readonly MigrationSource[]): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for (const source of sources) {
    const names = (await readdir(source.folder)).filter((name) => name.endsWith('.sql')).toSorted();
    for (const name of names) {
      if (!fileName.test(name))
        throw new Error(`Migration ${source.module}/${name}: name it NNNN_snake_case.sql.`);
      const sql = (await readFile(new URL(name, source.folder), 'utf8')).replaceAll('\r\n', '\n');
      migrations.push({
        module: source.module,
        name,
        sql,
        checksum: createHash('sha256').update(sql).digest('hex'),
      });
    }
  }
  return migrations;
}

/**
 * Applies what is missing, each file in its own transaction. The caller holds the migration lock.
 * @throws when an applied file was changed, or the database was migrated by a newer release
 */
export async function applyMigrations(
  client: pg.Client,
  migrations: readonly Migration[],
): Promise<string[]> {
  await client.query(`
    create schema if not exists platform;
    create table if not exists platform.migration (
      module text not null,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now(),
      primary key (module, name)
    )`);
  const { rows } = await client.query<{ module: string; name: string; checksum: string }>(
    'select module, name, checksum from platform.migration',
  );
  const applied = new Map(rows.map((row) => [`${row.module}/${row.name}`, row.checksum]));
  const done: string[] = [];
  for (const migration of migrations) {
    const key = `${migration.module}/${migration.name}`;
    const checksum = applied.get(key);
    if (checksum === migration.checksum) continue;
    if (checksum !== undefined) {
      throw new Error(`Migration ${key} was changed after it was applied. Add a new migration instead.`);
    }
    await applyOne(client, migration);
    done.push(key);
  }
  return done;
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into platform.migration (module, name, checksum) values ($1, $2, $3)', [
      migration.module,
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Migration ${migration.module}/${migration.name} failed: ${reason}`, { cause: error });
  }
}
