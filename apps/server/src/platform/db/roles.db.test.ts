import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrate } from './migrate.ts';

/** A database whose owner may not make roles, as a careful administrator hands out. */
const name = `atlas_plain_${randomBytes(4).toString('hex')}`;
const login = `${name}_app`;
let administrator: pg.Client;

function urlOf(user: string, password: string): string {
  const url = new URL(inject('testPostgres').ownerUrl);
  url.username = user;
  url.password = password;
  url.pathname = `/${name}`;
  return url.href;
}
const options = { ownerUrl: urlOf(name, 'plain'), appUrl: urlOf(login, 'app'), sources: [] };

beforeAll(async () => {
  const url = new URL(inject('testPostgres').ownerUrl);
  url.pathname = '/postgres';
  administrator = new pg.Client({ connectionString: url.href });
  await administrator.connect();
  await administrator.query(`create role ${name} login nosuperuser nocreaterole password 'plain'`);
  await administrator.query(`grant ${name} to current_user with set true`);
  await administrator.query(`create database ${name} owner ${name}`);
});
afterAll(async () => {
  await administrator.query(`drop database ${name} with (force)`);
  await administrator.query(`drop role if exists ${login}`);
  await administrator.query(`drop role ${name}`);
  await administrator.end();
});

test('an owner who may not make roles is told what an administrator has to do', async () => {
  await expect(migrate(options)).rejects.toThrow(
    new RegExp(`may not prepare the roles[^]*alter role "?${name}"? createrole[^]*DATABASE_APP_URL`),
  );
});

test('a login role that is more than a tenant is not accepted', async () => {
  await administrator.query(`create role ${login} login password 'app'`);
  await administrator.query(`grant atlas_tenant to ${login} with inherit true, set false`);
  await administrator.query(`grant atlas_system to ${login} with inherit true, set true`);
  await expect(migrate(options)).rejects.toThrow(/may not prepare the roles/);
});

test('roles that an administrator made are used', async () => {
  await administrator.query(`grant atlas_system to ${login} with inherit false, set true`);
  expect(await migrate(options)).toEqual([]);
});
