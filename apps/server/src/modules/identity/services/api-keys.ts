import type { ApiKey, CreateApiKeyBody, CreatedApiKey } from '@cloudatlas/contracts/identity';
import type { PageQuery } from '@cloudatlas/contracts/common';
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import { AppError, invalidField, notFound } from '#platform/errors/app-error.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import type { IdentityDeps, Origin } from '../deps.ts';
import { renderMail } from '../mails.ts';
import { lockActiveUser } from '../queries/users.ts';
import { later } from '../rules/lifetimes.ts';
import { hashToken, newApiKey } from '../rules/tokens.ts';
import type { ApiKeyTable } from '../tables.ts';
import type { Person } from './sessions.ts';

type Row = Selectable<ApiKeyTable>;
type ApiKeyAnswer = z.output<typeof ApiKey>;

const maxKeys = 50;
const dayMs = 86_400_000;

export type ApiKeyService = ReturnType<typeof createApiKeyService>;

/** A person's API keys: each works in one organization with some of the person's own permissions. */
export function createApiKeyService({ db, clock, audit, mailer, membership, publicUrl }: IdentityDeps) {
  /** Newest first. Keys of organizations that no longer exist have an empty slug. */
  async function list(
    userId: string,
    query: PageQuery,
  ): Promise<{ items: ApiKeyAnswer[]; nextCursor: string | null }> {
    const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor, 1)[0];
    if (before !== undefined && !isId(before))
      throw invalidField('query.cursor', 'is not a cursor of this list');
    const rows = await db.inSystem('list API keys', (tx) => {
      const select = tx
        .selectFrom('identity.api_key')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('id', 'desc')
        .limit(query.limit + 1);
      return (before === undefined ? select : select.where('id', '<', before)).execute();
    });
    const page = toPage(rows, query.limit, (row) => [row.id]);
    const slugs = await membership.slugsOf([...new Set(page.items.map((row) => row.organization_id))]);
    return {
      items: page.items.map((row) => toApiKey(row, slugs.get(row.organization_id) ?? '')),
      nextCursor: page.nextCursor,
    };
  }

  /**
   * Makes a key; its secret is in this answer and nowhere else.
   * @throws AppError `not_found` for an organization the person is not in, `forbidden` for a permission they lack
   */
  async function create(
    person: Person,
    body: z.output<typeof CreateApiKeyBody>,
    origin: Origin,
  ): Promise<z.output<typeof CreatedApiKey>> {
    const organization = await membership.organizationFor(person.userId, body.organization);
    if (organization === null) throw notFound('The organization');
    const permissions = [...new Set(body.permissions)];
    const missing = permissions.filter((permission) => !organization.permissions.has(permission));
    if (missing.length > 0) {
      throw new AppError('forbidden', 'A key cannot have permissions that you lack.', {
        meta: { permissions: missing },
      });
    }
    const { key, prefix } = newApiKey();
    const now = clock.now();
    const row: Row = {
      id: newId(),
      user_id: person.userId,
      organization_id: organization.organizationId,
      name: body.name,
      prefix,
      secret_hash: hashToken(key),
      permissions,
      created_at: now,
      expires_at: later(now, body.expiresInDays * dayMs),
      last_used_at: null,
    };
    await db.inSystem('create API key', async (tx) => {
      const user = await lockActiveUser(tx, person.userId);
      if (user === undefined) throw new AppError('unauthenticated');
      const { count } = await tx
        .selectFrom('identity.api_key')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .where('user_id', '=', person.userId)
        .executeTakeFirstOrThrow();
      if (Number(count) >= maxKeys)
        throw new AppError('limit_reached', `A person has at most ${maxKeys} API keys; delete one first.`);
      await tx.insertInto('identity.api_key').values(row).execute();
      await mailer.send(tx, renderMail('api_key_created', user.email, user.locale, publicUrl));
      await audit.record(
        tx,
        entry(person, origin, 'api_key.created', row, {
          permissions,
          expiresAt: row.expires_at.toISOString(),
        }),
      );
    });
    return { ...toApiKey(row, organization.slug), secret: key };
  }

  /** Ends a key at once. @throws AppError `not_found` also for another person's */
  async function remove(person: Person, keyId: string, origin: Origin): Promise<void> {
    await db.inSystem('delete API key', async (tx) => {
      const row = await tx
        .deleteFrom('identity.api_key')
        .where('id', '=', keyId)
        .where('user_id', '=', person.userId)
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) throw notFound('The API key');
      await audit.record(tx, entry(person, origin, 'api_key.deleted', row, {}));
    });
  }

  /** Ends the keys that a person made for an organization until an instant: their membership is over. */
  async function endOf(userId: string, organizationId: string, until: Date): Promise<void> {
    await db.inSystem('end API keys of a membership', async (tx) => {
      const rows = await tx
        .deleteFrom('identity.api_key')
        .where('user_id', '=', userId)
        .where('organization_id', '=', organizationId)
        .where('created_at', '<=', until)
        .returningAll()
        .execute();
      for (const row of rows) {
        await audit.record(tx, {
          organizationId,
          action: 'api_key.deleted',
          outcome: 'success',
          actor: { kind: 'system', id: null, label: 'CloudAtlas' },
          target: targetOf(row),
          details: { reason: 'membership_ended' },
        });
      }
    });
  }

  return { list, create, remove, endOf };
}

function targetOf(row: Row) {
  return { type: 'api_key', id: row.id, label: `${row.name} (${row.prefix})` };
}

/** A key opens an organization, so its audit entry belongs there, where the administrators read it. */
function entry(person: Person, origin: Origin, action: string, row: Row, details: Record<string, unknown>) {
  return {
    organizationId: row.organization_id,
    action,
    outcome: 'success' as const,
    actor: person.actor,
    target: targetOf(row),
    ip: origin.ip,
    requestId: origin.requestId,
    details,
  };
}

function toApiKey(row: Row, organizationSlug: string): ApiKeyAnswer {
  return {
    id: row.id,
    name: row.name,
    prefix: `atlas_key_${row.prefix}`,
    organizationId: row.organization_id,
    organizationSlug,
    permissions: row.permissions,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    expiresAt: row.expires_at.toISOString(),
  };
}
