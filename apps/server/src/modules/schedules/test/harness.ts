import { pino } from 'pino';
import { newId } from '#platform/ids/ids.ts';
import {
  connectAccount,
  newTenant,
  startCloudStage,
  type CloudStage,
} from '../../../../test/support/cloud.ts';
import type { TestAnswer, TestBrowser } from '../../../../test/support/application.ts';

/**
 * The API without running workers: a test carries the jobs out itself, one after another, and says how orders end. So
 * nothing depends on how fast the machine is.
 */
export interface SchedulesStage extends CloudStage {
  workspaceId: string;
  accountId: string;
  /** Puts resources into the inventory that no provider knows. @returns their ids */
  addResources(count: number, more?: Partial<NewResource>): Promise<string[]>;
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    browser?: TestBrowser,
  ): Promise<TestAnswer>;
  /** Sets the product's clock; it goes on from there. */
  at(instant: string): Promise<void>;
  tick(): Promise<void>;
  /** Carries out every waiting job of a kind, as a worker would. @returns how many there were */
  drain(name: string): Promise<number>;
  /** One tick and all that follows from it, up to the orders. */
  turn(): Promise<void>;
  /** Has the time for which resources are off looked at, as every half hour. */
  check(): Promise<void>;
  /** Ends all open orders and has the runs take notice. */
  endOrders(status?: 'done' | 'failed', result?: { status: string }, message?: string): Promise<void>;
}

interface NewResource {
  state: string;
  tags: Record<string, string>;
  monthly: string | null;
  type: string;
  names: (index: number) => string;
}

export async function startSchedules(env: Record<string, string> = {}): Promise<SchedulesStage> {
  const stage = await startCloudStage({ scenario: 'empty', work: false, env });
  const account = await connectAccount(stage);
  const { application, clock } = stage.atlas;
  const { rows } = await stage.sql.query('select id from tenancy.workspace where organization_id = $1', [
    stage.organizationId,
  ]);
  const workspaceId: string = rows[0].id;
  const log = pino({ level: 'silent' });
  const never = new AbortController().signal;
  const definitions = new Map(
    application.parts.flatMap((part) => part.jobs ?? []).map((job) => [job.name, job]),
  );

  async function run(name: string, payload: unknown): Promise<void> {
    const job = definitions.get(name);
    if (job === undefined) throw new Error(`no job ${name}`);
    const context = { signal: never, draining: never, log, jobId: newId(), attempt: 1 };
    await job.handler(job.schema.parse(payload), context);
  }

  async function drain(name: string): Promise<number> {
    const { rows: waiting } = await stage.sql.query(
      "select id, data from pgboss.job where name = $1 and state = 'created' and start_after <= $2 order by created_on",
      [name, new Date(Math.max(Date.now(), clock.now().getTime()))],
    );
    for (const { id, data } of waiting) {
      await stage.sql.query("update pgboss.job set state = 'completed' where name = $1 and id = $2", [
        name,
        id,
      ]);
      await run(name, data);
    }
    return waiting.length;
  }

  return {
    ...stage,
    workspaceId,
    accountId: account.id,
    async addResources(count, more = {}) {
      const names = more.names ?? ((index) => `machine-${index}`);
      const type = more.type ?? 'aws.ec2.instance';
      const ids = Array.from({ length: count }, () => newId());
      await stage.sql.query(
        `insert into inventory.resource (organization_id, id, workspace_id, account_id, provider, service, type,
           category, native_id, short_id, name, region, state, tags, monthly_amount, currency, first_seen_at,
           changed_at, search, fingerprint)
         select $1, id, $2, $3, 'aws', 'ec2', $4, 'compute', 'native ' || id, 'i-' || id, name, 'us-east-1', $5, $6,
           $7, 'USD', now(), now(), name, ''
         from unnest($8::uuid[], $9::text[]) as new (id, name)`,
        [
          stage.organizationId,
          workspaceId,
          account.id,
          type,
          more.state ?? 'running',
          JSON.stringify(more.tags ?? {}),
          more.monthly === undefined ? '73.00' : more.monthly,
          ids,
          ids.map((_id, index) => names(index)),
        ],
      );
      return ids;
    },
    call: (method, path, body, browser = stage.owner) => browser.call(method, `${stage.base}${path}`, body),
    async at(instant) {
      stage.advance(new Date(instant).getTime() - clock.now().getTime());
      // The session of another day is over.
      await stage.owner.post('/auth/sign-in', {
        email: 'owner@aurora.example',
        password: 'a long password of aurora 7291',
      });
    },
    tick: () => run('schedules.tick', {}),
    drain,
    check: () => run('schedules.check_off_time', {}),
    async turn() {
      await run('schedules.tick', {});
      await drain('schedules.carry_out');
    },
    async endOrders(status = 'done', result = { status: 'accepted' }, message) {
      const problem = message === undefined ? null : { kind: 'denied', message };
      const { rows: ended } = await stage.sql.query(
        `update inventory.cloud_order set status = $1, result = $2, message = $3, problem = $4, finished_at = $5
         where status in ('pending', 'running') returning resource_id, operation`,
        [status, JSON.stringify(result), message ?? null, problem, clock.now()],
      );
      if (status === 'done')
        for (const { resource_id, operation } of ended)
          await stage.sql.query('update inventory.resource set state = $1, changed_at = $2 where id = $3', [
            operation === 'start' ? 'running' : 'stopped',
            clock.now(),
            resource_id,
          ]);
      await run('schedules.settle', { organizationId: stage.organizationId });
    },
  };
}

/** A schedule's body with what a test does not care about filled in. */
export function schedule(resourceIds: string[], more: Record<string, unknown> = {}) {
  return {
    name: `Schedule ${newId()}`,
    operation: 'stop',
    targets: { resourceIds },
    recurrence: { kind: 'daily' },
    time: '20:00',
    timeZone: 'UTC',
    ...more,
  };
}

export { newTenant };
