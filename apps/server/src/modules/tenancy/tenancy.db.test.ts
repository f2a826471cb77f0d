import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditTables } from '#modules/audit/index.ts';
import { newId } from '#platform/ids/ids.ts';
import { deleteDueOrganizations } from './services/deletion.ts';
import type { TenancyTables } from './tables.ts';
import { startPeople, type PeopleStage } from './test/people.ts';

const day = 86_400_000;

describe('organizations and their people', () => {
  let stage: PeopleStage;
  beforeAll(async () => {
    stage = await startPeople();
  });
  afterAll(() => stage.close());

  test('a founder owns the organization; its address comes from the name and stays unique', async () => {
    const { browser } = await stage.person();
    const first = await browser.post('/orgs', { name: 'Ação & Cia. Ltda' });
    expect(first.body).toMatchObject({ slug: 'acao-cia-ltda', role: 'owner', plan: 'free' });
    const second = await browser.post('/orgs', { name: 'Acao Cia Ltda' });
    expect(second.body.slug).toBe('acao-cia-ltda-2');
    const unnamed = await browser.post('/orgs', { name: '日本' });
    expect(unnamed.body.slug).toMatch(/^org-[0-9a-f]{8}$/);
    const taken = await browser.post('/orgs', { name: 'Other', slug: 'acao-cia-ltda' });
    expect([taken.status, taken.body.code]).toEqual([409, 'slug_taken']);
    const reserved = await browser.post('/orgs', { name: 'Other', slug: 'admin' });
    expect([reserved.status, reserved.body.errors[0].path]).toEqual([422, 'body.slug']);
  });

  test('renaming moves the address and is audited; the old address is gone', async () => {
    const { owner, slug } = await stage.organization();
    const renamed = await owner.browser.call('PATCH', `/orgs/${slug}`, {
      name: 'New Name',
      slug: `${slug}-new`,
    });
    expect(renamed.body).toMatchObject({ name: 'New Name', slug: `${slug}-new` });
    expect((await owner.browser.get(`/orgs/${slug}`)).status).toBe(404);
    const audit = await owner.browser.get(`/orgs/${slug}-new/audit?action=organization.renamed`);
    expect(audit.body.items[0].details).toEqual({
      from: { name: expect.any(String), slug },
      to: { name: 'New Name', slug: `${slug}-new` },
    });
  });

  test('deletion waits seven days, blocks changes, and an owner can take it back', async () => {
    const { owner, slug } = await stage.organization();
    const wrong = await owner.browser.call('DELETE', `/orgs/${slug}`, { confirm: 'something' });
    expect(wrong.status).toBe(422);
    const scheduled = await owner.browser.call('DELETE', `/orgs/${slug}`, { confirm: slug });
    expect(Date.parse(scheduled.body.deletionScheduledAt) - stage.atlas.clock.now().getTime()).toBe(7 * day);
    const blocked = await owner.browser.post(`/orgs/${slug}/workspaces`, { name: 'More' });
    expect([blocked.status, blocked.body.code]).toEqual([409, 'conflict']);
    const restored = await owner.browser.post(`/orgs/${slug}/restore`);
    expect(restored.body.deletionScheduledAt).toBeNull();
  });

  test('what is being worked on at a provider is not deleted: neither a workspace nor, later, the organization', async () => {
    const { owner, slug } = await stage.organization();
    const { platform, services } = stage.atlas.application;
    const { id } = (await owner.browser.get(`/orgs/${slug}`)).body;
    await services.tenancy.setPlan(slug, 'enterprise', 'test');
    const made = await owner.browser.post(`/orgs/${slug}/workspaces`, { name: 'Busy' });
    await owner.browser.post(`/orgs/${slug}/workspaces`, { name: 'Idle' });
    const busy = new Set<string>([made.body.id]);
    services.tenancy.addDeletionGuard({
      underWay: async (_tx, within) =>
        within.organizationId === id && (within.workspaceId === undefined || busy.has(within.workspaceId))
          ? [...busy].map(() => ({ text: 'A move of web-1 is being carried out: wait until it has ended.' }))
          : [],
    });
    const remove = (workspace: string) =>
      owner.browser.call('DELETE', `/orgs/${slug}/workspaces/${workspace}`, { confirm: workspace });
    const refused = await remove('busy');
    expect([refused.status, refused.body.code]).toEqual([409, 'conflict']);
    expect(refused.body.detail).toContain('web-1 is being carried out: wait until it has ended');
    expect((await owner.browser.get(`/orgs/${slug}/workspaces/busy`)).status).toBe(200);
    expect((await remove('idle')).status).toBe(204);

    await owner.browser.call('DELETE', `/orgs/${slug}`, { confirm: slug });
    const later = {
      log: platform.log,
      clock: { now: () => new Date(stage.atlas.clock.now().getTime() + 7 * day + 1) },
      events: platform.events,
    };
    const db = platform.db.withTables<TenancyTables>();
    const sweep = () => deleteDueOrganizations(later, db, services.audit, services.tenancy);
    const isThere = async () => (await services.tenancy.slugsOf([id])).has(id);
    await sweep();
    expect(await isThere()).toBe(true);
    busy.clear();
    await sweep();
    expect(await isThere()).toBe(false);
  });

  test('after the seven days everything of it is gone but its audit log', async () => {
    const { owner, slug } = await stage.organization();
    const other = await stage.organization();
    const { id } = (await owner.browser.get(`/orgs/${slug}`)).body;
    await owner.browser.call('DELETE', `/orgs/${slug}`, { confirm: slug });
    const { platform, services, database } = stage.atlas.application;
    await database.inSystem('test', (tx) =>
      sql`insert into platform.workflow_run (id, organization_id, workflow, key, input, created_at)
        values (${newId()}::uuid, ${id}::uuid, 'test.open', 'x', '{}', now())`.execute(tx),
    );
    const db = platform.db.withTables<TenancyTables>();
    expect(await deleteDueOrganizations(platform, db, services.audit, services.tenancy)).toBe(0);
    const later = {
      log: platform.log,
      clock: { now: () => new Date(stage.atlas.clock.now().getTime() + 7 * day + 1) },
      events: platform.events,
    };
    expect(await deleteDueOrganizations(later, db, services.audit, services.tenancy)).toBe(1);
    expect((await owner.browser.get(`/orgs/${slug}`)).status).toBe(404);
    expect((await other.owner.browser.get(`/orgs/${other.slug}`)).status).toBe(200);
    const left = await db.inSystem('test', (tx) =>
      tx.selectFrom('tenancy.workspace').selectAll().where('organization_id', '=', id).execute(),
    );
    const log = await database
      .withTables<AuditTables>()
      .inSystem('test', (tx) =>
        tx
          .selectFrom('audit.entry')
          .select('action')
          .where('organization_id', '=', id)
          .orderBy('sequence', 'desc')
          .limit(1)
          .execute(),
      );
    expect(left).toEqual([]);
    await expect
      .poll(
        async () =>
          (
            await database.systemRead('test', (system) =>
              sql`select 1 from platform.workflow_run where organization_id = ${id}::uuid`.execute(system),
            )
          ).rows.length,
        { timeout: 50_000 },
      )
      .toBe(0);
    expect(log).toEqual([{ action: 'organization.deleted' }]);
  });

  test('the free plan allows one workspace; two at once cannot both take the last place', async () => {
    const { owner, slug } = await stage.organization();
    const one = await owner.browser.post(`/orgs/${slug}/workspaces`, { name: 'Second' });
    expect([one.status, one.body.code, one.body.meta]).toEqual([
      409,
      'limit_reached',
      { limit: 'workspaces', max: 1, used: 1, plan: 'free' },
    ]);
    await stage.atlas.application.services.tenancy.setPlan(slug, 'pro', 'test');
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, n) =>
        owner.browser.post(`/orgs/${slug}/workspaces`, { name: `W ${n}` }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(9);
    expect(answers.filter(({ body }) => body.code === 'limit_reached')).toHaveLength(5);
  });

  test('a workspace role replaces the organization role there and nowhere else, at once', async () => {
    const { owner, slug } = await stage.organization('pro');
    await owner.browser.post(`/orgs/${slug}/workspaces`, { name: 'Other' });
    const guest = await stage.join(owner.browser, slug, 'viewer');
    const rename = (workspace: string) =>
      guest.browser.call('PATCH', `/orgs/${slug}/workspaces/${workspace}`, { name: 'Renamed' });
    expect((await rename('main')).status).toBe(403);
    const set = await owner.browser.call('PUT', `/orgs/${slug}/members/${guest.memberId}/overrides/main`, {
      role: 'admin',
    });
    expect(set.body.overrides).toEqual([
      { workspaceId: expect.any(String), workspaceSlug: 'main', role: 'admin' },
    ]);
    expect((await rename('main')).status).toBe(200);
    expect((await rename('other')).status).toBe(403);
    await owner.browser.call('DELETE', `/orgs/${slug}/members/${guest.memberId}/overrides/main`);
    expect((await rename('main')).status).toBe(403);
  });

  test('nobody raises themselves, admins do not touch owners, and the last owner stays', async () => {
    const { owner, slug } = await stage.organization('pro');
    const admin = await stage.join(owner.browser, slug, 'admin');
    const members = (await owner.browser.get(`/orgs/${slug}/members`)).body.items;
    const ownerId = members.find((member: { role: string }) => member.role === 'owner').id;
    expect(
      (await admin.browser.call('PATCH', `/orgs/${slug}/members/${admin.memberId}`, { role: 'owner' }))
        .status,
    ).toBe(403);
    expect(
      (await admin.browser.call('PATCH', `/orgs/${slug}/members/${ownerId}`, { role: 'viewer' })).status,
    ).toBe(403);
    expect((await admin.browser.call('DELETE', `/orgs/${slug}/members/${ownerId}`)).status).toBe(403);
    expect(
      (await admin.browser.post(`/orgs/${slug}/invitations`, { email: 'boss@example.com', role: 'owner' }))
        .status,
    ).toBe(403);
    const last = await owner.browser.call('DELETE', `/orgs/${slug}/members/${ownerId}`);
    expect([last.status, last.body.code]).toEqual([409, 'last_owner']);
    expect(
      (await owner.browser.call('PATCH', `/orgs/${slug}/members/${ownerId}`, { role: 'admin' })).body.code,
    ).toBe('last_owner');
    // Two owners leaving at once: one of them stays.
    await owner.browser.call('PATCH', `/orgs/${slug}/members/${admin.memberId}`, { role: 'owner' });
    const leaving = await Promise.all([
      owner.browser.call('DELETE', `/orgs/${slug}/members/${ownerId}`),
      admin.browser.call('DELETE', `/orgs/${slug}/members/${admin.memberId}`),
    ]);
    expect(leaving.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409]);
  });

  test('a removed member is out with the next request; anybody may leave', async () => {
    const { owner, slug } = await stage.organization('pro');
    const guest = await stage.join(owner.browser, slug, 'operator');
    expect((await guest.browser.get(`/orgs/${slug}/workspaces`)).status).toBe(200);
    await owner.browser.call('DELETE', `/orgs/${slug}/members/${guest.memberId}`);
    expect((await guest.browser.get(`/orgs/${slug}/workspaces`)).status).toBe(404);
    const leaver = await stage.join(owner.browser, slug, 'viewer');
    expect((await leaver.browser.call('DELETE', `/orgs/${slug}/members/${leaver.memberId}`)).status).toBe(
      204,
    );
    const audit = await owner.browser.get(`/orgs/${slug}/audit?action=member.`);
    expect(audit.body.items.map((entry: { action: string }) => entry.action)).toEqual([
      'member.left',
      'member.removed',
    ]);
  });

  test('a key makes nobody an owner and takes no owner away, also an owner’s key', async () => {
    const { owner, slug } = await stage.organization('pro');
    const second = await stage.join(owner.browser, slug, 'owner');
    const guest = await stage.join(owner.browser, slug, 'admin');
    const key = await owner.browser.post('/me/api-keys', {
      name: 'ci',
      organization: slug,
      permissions: ['members:read', 'members:write'],
      expiresInDays: 30,
    });
    const auth = { authorization: `Bearer ${key.body.secret}` };
    const script = stage.atlas.browser();
    const invite = (role: string) =>
      script.post(`/orgs/${slug}/invitations`, { email: `key-${role}-${slug}@example.com`, role }, auth);
    expect((await invite('owner')).status).toBe(403);
    expect((await invite('admin')).status).toBe(201);
    const call = (method: 'PATCH' | 'DELETE' | 'POST', path: string, body?: object) =>
      script.call(method, `/orgs/${slug}/${path}`, body, auth);
    expect((await call('PATCH', `members/${guest.memberId}`, { role: 'owner' })).status).toBe(403);
    expect((await call('PATCH', `members/${second.memberId}`, { role: 'admin' })).status).toBe(403);
    expect((await call('DELETE', `members/${second.memberId}`)).status).toBe(403);
    expect((await call('PATCH', `members/${guest.memberId}`, { role: 'viewer' })).status).toBe(200);
    const open = await owner.browser.post(`/orgs/${slug}/invitations`, {
      email: `boss-${slug}@example.com`,
      role: 'owner',
    });
    expect((await call('POST', `invitations/${open.body.id}/resend`)).status).toBe(403);
    expect((await call('DELETE', `invitations/${open.body.id}`)).status).toBe(403);
  });

  test('the keys of a member who leaves are gone, also when the member comes back', async () => {
    const { owner, slug } = await stage.organization('pro');
    const elsewhere = (await owner.browser.post('/orgs', { name: 'Elsewhere' })).body.slug as string;
    const guest = await stage.join(owner.browser, slug, 'operator');
    await owner.browser.post(`/orgs/${elsewhere}/invitations`, { email: guest.email, role: 'viewer' });
    await guest.browser.post('/invitations/accept', { token: await stage.invitationToken(guest.email) });
    const newKey = async (organizationSlug: string) => {
      const body = {
        name: 'ci',
        organization: organizationSlug,
        permissions: ['workspaces:read'],
        expiresInDays: 30,
      };
      return (await guest.browser.post('/me/api-keys', body)).body.secret as string;
    };
    const [gone, kept] = [await newKey(slug), await newKey(elsewhere)];
    const use = async (secret: string, organizationSlug: string) =>
      (
        await stage.atlas
          .browser()
          .get(`/orgs/${organizationSlug}/workspaces`, { authorization: `Bearer ${secret}` })
      ).status;
    expect(await use(gone, slug)).toBe(200);
    await owner.browser.call('DELETE', `/orgs/${slug}/members/${guest.memberId}`);
    await expect.poll(() => use(gone, slug), { timeout: 50_000 }).toBe(401);
    await owner.browser.post(`/orgs/${slug}/invitations`, { email: guest.email, role: 'operator' });
    const token = await stage.invitationToken(guest.email);
    expect((await guest.browser.post('/invitations/accept', { token })).status).toBe(200);
    expect((await guest.browser.get(`/orgs/${slug}/workspaces`)).status).toBe(200);
    expect([await use(gone, slug), await use(kept, elsewhere)]).toEqual([401, 200]);
    const { body } = await guest.browser.get('/me/api-keys');
    expect(body.items.map((key: { organizationSlug: string }) => key.organizationSlug)).toEqual([elsewhere]);
    const log = await owner.browser.get(`/orgs/${slug}/audit?action=api_key.deleted`);
    expect(log.body.items).toHaveLength(1);
  });

  test('taking the audit log out is in the audit log, with the filters', async () => {
    const { owner, slug } = await stage.organization();
    expect((await owner.browser.get(`/orgs/${slug}/audit/export.csv?action=workspace.`)).status).toBe(200);
    const log = await owner.browser.get(`/orgs/${slug}/audit?action=audit.exported`);
    expect(log.body.items).toMatchObject([
      { action: 'audit.exported', outcome: 'success', details: { filters: { action: 'workspace.' } } },
    ]);
    expect(log.body.items[0].actor.kind).toBe('user');
  });

  test("an API key works in its organization with its permissions, and loses what its owner's role loses", async () => {
    const { owner, slug } = await stage.organization('pro');
    const elsewhere = await owner.browser.post('/orgs', { name: 'Elsewhere' });
    const guest = await stage.join(owner.browser, slug, 'admin');
    const key = await guest.browser.post('/me/api-keys', {
      name: 'ci',
      organization: slug,
      permissions: ['workspaces:read', 'workspaces:write'],
      expiresInDays: 30,
    });
    expect(key.status).toBe(201);
    const script = stage.atlas.browser();
    const auth = { authorization: `Bearer ${key.body.secret}` };
    expect((await script.get(`/orgs/${slug}/workspaces`, auth)).status).toBe(200);
    expect((await script.get(`/orgs/${slug}/members`, auth)).status).toBe(403);
    expect((await script.get(`/orgs/${elsewhere.body.slug}/workspaces`, auth)).status).toBe(404);
    expect((await script.post('/orgs', { name: 'By a key' }, auth)).status).toBe(403);
    await owner.browser.call('PATCH', `/orgs/${slug}/members/${guest.memberId}`, { role: 'viewer' });
    expect((await script.post(`/orgs/${slug}/workspaces`, { name: 'No more' }, auth)).status).toBe(403);
  });
});
