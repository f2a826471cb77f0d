/** Names of one new module in the forms the files need. */
export interface ModuleNames {
  /** Folder, database schema, prefix of operations: `tickets`. */
  readonly name: string;
  /** `Tickets` */
  readonly pascal: string;
}

/** The files of a new module by path from the project's root: a working slice to replace piece by piece. */
export function moduleFiles({ name, pascal }: ModuleNames): Record<string, string> {
  const folder = `apps/server/src/modules/${name}`;
  return {
    [`packages/contracts/src/${name}.ts`]: contracts(pascal),
    [`${folder}/README.md`]: readme(name),
    [`${folder}/index.ts`]: index(name, pascal),
    [`${folder}/module.ts`]: moduleFile(name, pascal),
    [`${folder}/routes.ts`]: routes(name, pascal),
    [`${folder}/service.ts`]: service(name, pascal),
    [`${folder}/tables.ts`]: tables(name, pascal),
    [`${folder}/migrations/0001_${name}.sql`]: migration(name),
    [`${folder}/${name}.db.test.ts`]: databaseTest(name, pascal),
  };
}

const contracts = (pascal: string): string => `import { z } from 'zod';

import { DisplayName, Id, Instant, pageOf } from './common.ts';

export const ${pascal}Item = z.object({ id: Id, name: DisplayName, createdAt: Instant });
export type ${pascal}Item = z.infer<typeof ${pascal}Item>;

export const ${pascal}ItemList = pageOf(${pascal}Item);
export const Create${pascal}ItemBody = z.strictObject({ name: DisplayName });
`;

const readme = (name: string): string => `# ${name}

What this module is for, in one sentence.

- **Tables** \`${name}.item\`: one row per item of an organization.
- **Contract** \`index.ts\`: the service.
- **Permissions** reads ask for \`organization:read\`, writes for \`organization:write\`.
- **Events, ports, jobs** none.
`;

const index = (name: string, pascal: string): string => `/** Contract of the ${name} module. */
export type { ${pascal}Service } from './service.ts';
`;

const moduleFile = (
  name: string,
  pascal: string,
): string => `import type { AuditService } from '#modules/audit/index.ts';
import { defineModule } from '#platform/module.ts';

import { ${name}Routes } from './routes.ts';
import { create${pascal}Service, type ${pascal}Service } from './service.ts';
import type { ${pascal}Tables } from './tables.ts';

export const ${name}Module = defineModule<{ audit: AuditService }, ${pascal}Service>({
  name: '${name}',
  migrations: new URL('./migrations/', import.meta.url),
  build(platform, { audit }) {
    const service = create${pascal}Service(platform.db.withTables<${pascal}Tables>(), audit, platform.clock);
    return { service, routes: ${name}Routes(service) };
  },
});
`;

const routes = (
  name: string,
  pascal: string,
): string => `import { PageQuery } from '@cloudatlas/contracts/common';
import { Create${pascal}ItemBody, ${pascal}Item, ${pascal}ItemList } from '@cloudatlas/contracts/${name}';

import { organizationRoute, type Route } from '#platform/http/route.ts';

import type { ${pascal}Service } from './service.ts';

export function ${name}Routes(service: ${pascal}Service): Route[] {
  return [
    organizationRoute({
      method: 'GET',
      path: '/${name}',
      operationId: '${name}List',
      summary: 'List the ${name}, by name',
      access: { permission: 'organization:read' },
      query: PageQuery,
      answer: { status: 200, schema: ${pascal}ItemList },
      handler: (context, { query }) => service.list(context, query),
    }),
    organizationRoute({
      method: 'POST',
      path: '/${name}',
      operationId: '${name}Create',
      summary: 'Create one of the ${name}',
      access: { permission: 'organization:write' },
      body: Create${pascal}ItemBody,
      answer: { status: 201, schema: ${pascal}Item },
      handler: (context, { body }) => service.create(context, body),
    }),
  ];
}
`;

const service = (
  name: string,
  pascal: string,
): string => `import type { PageQuery } from '@cloudatlas/contracts/common';
import type { ${pascal}Item } from '@cloudatlas/contracts/${name}';

import { actorOf, type AuditService } from '#modules/audit/index.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/db/database.ts';
import type { OrganizationContext } from '#platform/http/context.ts';
import { newId } from '#platform/ids/ids.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';

import type { ItemTable, ${pascal}Tables } from './tables.ts';

export interface ${pascal}Service {
  /** A page of the organization's items, by name. */
  list(context: OrganizationContext, page: PageQuery): Promise<{ items: ${pascal}Item[]; nextCursor: string | null }>;
  create(context: OrganizationContext, input: { name: string }): Promise<${pascal}Item>;
}

export function create${pascal}Service(db: Database<${pascal}Tables>, audit: AuditService, clock: Clock): ${pascal}Service {
  return {
    async list({ organization }, page) {
      const rows = await db.inTenant(organization, (tx) => {
        let select = tx.selectFrom('${name}.item').selectAll().orderBy('name').orderBy('id').limit(page.limit + 1);
        if (page.cursor !== undefined) {
          const [afterName = '', afterId = ''] = decodeCursor(page.cursor, 2);
          select = select.where((eb) => eb(eb.refTuple('name', 'id'), '>', eb.tuple(afterName, afterId)));
        }
        return select.execute();
      });
      const { items, nextCursor } = toPage(rows, page.limit, (row) => [row.name, row.id]);
      return { items: items.map(present), nextCursor };
    },

    async create(context, { name }) {
      const { organization } = context;
      const { organizationId } = organization;
      const row = { organization_id: organizationId, id: newId(), name, created_at: clock.now() };
      await db.inTenant(organization, async (tx) => {
        await tx.insertInto('${name}.item').values(row).execute();
        await audit.record(tx, {
          organizationId,
          action: '${name}.item_created',
          outcome: 'success',
          ...actorOf(context),
          target: { type: '${name}.item', id: row.id, label: name },
        });
      });
      return present(row);
    },
  };
}

function present(row: ItemTable): ${pascal}Item {
  return { id: row.id, name: row.name, createdAt: row.created_at.toISOString() };
}
`;

const tables = (name: string, pascal: string): string => `export interface ItemTable {
  organization_id: string;
  id: string;
  name: string;
  created_at: Date;
}

export interface ${pascal}Tables {
  '${name}.item': ItemTable;
}
`;

const migration = (name: string): string => `create schema ${name};

create table ${name}.item (
  organization_id uuid not null references tenancy.organization on delete cascade,
  id uuid not null,
  name text not null,
  created_at timestamptz(3) not null,
  primary key (organization_id, id)
);
create index item_by_name on ${name}.item (organization_id, name, id);
call platform.tenant_table('${name}.item');
`;

const databaseTest = (name: string, pascal: string): string => `import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { startTestApplication, type TestApplication, type TestBrowser } from '../../../test/support/application.ts';

let atlas: TestApplication;
let owner: TestBrowser;

beforeAll(async () => {
  atlas = await startTestApplication();
  const { identity, tenancy } = atlas.application.services;
  const credentials = { email: 'owner@example.com', password: randomBytes(16).toString('hex') };
  const user = await identity.createVerifiedUser({ ...credentials, name: 'Owner', locale: 'en' });
  await tenancy.createOrganization({ ownerUserId: user.id, name: 'Alpha', slug: 'alpha', plan: 'enterprise' });
  await tenancy.createOrganization({ ownerUserId: user.id, name: 'Beta', slug: 'beta', plan: 'enterprise' });
  owner = atlas.browser();
  expect((await owner.post('/auth/sign-in', credentials)).status).toBe(200);
});

afterAll(() => atlas.close());

test('what is created in an organization is listed there, by name, and nowhere else', async () => {
  for (const name of ['Second', 'First']) {
    expect(await owner.post('/orgs/alpha/${name}', { name })).toMatchObject({ status: 201, body: { name } });
  }
  const firstPage = await owner.get('/orgs/alpha/${name}?limit=1');
  expect(firstPage.body.items).toMatchObject([{ name: 'First' }]);
  const secondPage = await owner.get(\`/orgs/alpha/${name}?limit=1&cursor=\${firstPage.body.nextCursor}\`);
  expect(secondPage.body).toMatchObject({ items: [{ name: 'Second' }], nextCursor: null });
  expect((await owner.get('/orgs/beta/${name}')).body.items).toEqual([]);
});

test('a creation is in the audit log', async () => {
  await owner.post('/orgs/alpha/${name}', { name: '${pascal}' });
  const log = await owner.get('/orgs/alpha/audit?action=${name}.item_created');
  expect(log.body.items[0]).toMatchObject({ action: '${name}.item_created', target: { label: '${pascal}' } });
});
`;
