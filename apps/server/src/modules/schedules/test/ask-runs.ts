import { expect } from 'vitest';
import { schedule, type SchedulesStage } from './harness.ts';

export interface Run {
  id: string;
  trigger: string;
  status: string;
  reason: string | null;
  note: string | null;
  dueAt: string;
  counts: Record<string, number>;
}

/** What tests of runs ask the API and the database for. */
export function askRuns(of: () => SchedulesStage) {
  async function create(ids: string[], more: Record<string, unknown> = {}) {
    const { status, body } = await of().call('POST', '/schedules', schedule(ids, more));
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  }

  async function pair(ids: string[], more: Record<string, unknown> = {}) {
    const { status, body } = await of().call('POST', '/schedules/pairs', {
      name: `Pair ${ids[0]}`,
      targets: { resourceIds: ids },
      start: { recurrence: { kind: 'daily' }, time: '08:00' },
      stop: { recurrence: { kind: 'daily' }, time: '20:00' },
      timeZone: 'UTC',
      ...more,
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  }

  async function runs(scheduleId: string): Promise<Run[]> {
    return (await of().call('GET', `/schedules/${scheduleId}/runs`)).body.items;
  }

  async function detail(runId: string) {
    return (await of().call('GET', `/schedule-runs/${runId}`)).body;
  }

  const brief = (list: Run[]) =>
    list.map(({ dueAt, status, reason }) => [dueAt.slice(5, 16), status, reason]);
  const orders = async (): Promise<{ resource_id: string; operation: string; idempotency_key: string }[]> =>
    (await of().sql.query('select resource_id, operation, idempotency_key from inventory.cloud_order')).rows;

  return { create, pair, runs, detail, brief, orders };
}
