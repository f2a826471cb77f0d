import { gunzipSync } from 'node:zlib';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import { azure } from '../src/azure/provider.ts';
import type { Connection } from '../src/contract.ts';
import { sum } from '../src/decimal.ts';
import type { CostExport } from '../src/observations.ts';
import { applicationOf, failure, QUICK } from './support.ts';

const PLACE = { container: 'auroradatalake/cost-exports', region: 'global', prefix: 'costs/' };

describe('cost exports of Azure', () => {
  let simulator: Simulator;
  let connection: Connection;
  const trusted = tls.getCACertificates('default');

  beforeAll(async () => {
    simulator = await startSimulator({ scenario: 'demo', transitionScale: 0, clock: { factor: 0 } });
    tls.setDefaultCACertificates([...trusted, simulator.microsoft.ca]);
    connection = azure.connect(applicationOf(simulator, 'azure-admin'), {
      endpoint: simulator.microsoft.url,
      limits: QUICK,
    });
  });
  afterEach(() => simulator.control.faults.clear());
  afterAll(async () => {
    connection.close();
    tls.setDefaultCACertificates(trusted);
    await simulator.close();
  });

  async function contentOf(delivery: CostExport | undefined): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await connection.readCostExport(PLACE, delivery?.files[0]?.key ?? ''))
      chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  test('are found with the newest run of each month, over several pages of the listing', async () => {
    simulator.control.addFault({
      effect: { kind: 'partial-pages', maxItems: 7 },
      target: { actions: ['blob:ListBlobs'] },
    });
    const found = await connection.costExports(PLACE);
    expect(new Set(found.map(({ name, format }) => `${name} ${format}`))).toEqual(
      new Set(['aurora-focus focus', 'aurora-actual legacy']),
    );
    const focus = found.filter(({ format }) => format === 'focus');
    expect(focus.length).toBeGreaterThanOrEqual(12);
    expect(focus.map(({ period }) => period)).toEqual(focus.map(({ period }) => period).toSorted());
    for (const { files, updatedAt } of focus) {
      expect(files).toMatchObject([{ format: 'csv.gz' }]);
      expect(files[0]?.bytes).toBeGreaterThan(0);
      expect(Date.parse(updatedAt)).toBeLessThanOrEqual(Date.now());
    }
  });

  test('hold the bill that the cost service tells, with ids as their makers wrote them', async () => {
    const focus = (await connection.costExports(PLACE)).filter(({ format }) => format === 'focus');
    const closed = focus.at(-3);
    const bytes = await contentOf(closed);
    expect(bytes.length).toBe(closed?.files[0]?.bytes);
    const [header = '', ...lines] = gunzipSync(bytes).toString('utf8').trim().split('\r\n');
    expect(header.startsWith('BilledCost,BillingAccountId')).toBe(true);
    const from = `${closed?.period}-01`;
    const next = new Date(Date.UTC(Number(from.slice(0, 4)), Number(from.slice(5, 7)), 1));
    const bill = await connection.costs({
      from,
      to: next.toISOString().slice(0, 10),
      granularity: 'daily',
      groupBy: [],
    });
    const billed = sum(lines.map((line) => line.split(',')[0] ?? ''));
    expect(billed).toBe(sum(bill.rows.map(({ amount }) => amount)));
    expect(lines.some((line) => /\/resourceGroups\//.test(line))).toBe(true);
    const { accountId } = await connection.identity();
    expect(connection.billedAs).toEqual([`/subscriptions/${accountId}`]);
    expect(lines[0]).toContain(`/subscriptions/${accountId}`);
  });

  test('a connection that breaks while a file is read goes on where it broke', async () => {
    const focus = (await connection.costExports(PLACE)).filter(({ format }) => format === 'focus');
    const whole = await contentOf(focus.at(-2));
    simulator.control.addFault({
      effect: { kind: 'truncate' },
      target: { actions: ['blob:GetBlob'] },
      times: 1,
    });
    expect((await contentOf(focus.at(-2))).equals(whole)).toBe(true);
  });

  test('a place that is not written as account and container is refused', async () => {
    for (const container of ['cost-exports', 'https://evil.example/x', 'account/../other', 'a/b/c'])
      expect((await failure(connection.costExports({ ...PLACE, container }))).kind).toBe('invalid_input');
  });

  test('a container that is not there and a role without data actions are told as such', async () => {
    const missing = await failure(connection.costExports({ ...PLACE, container: 'auroradatalake/nothing' }));
    expect(missing.kind).toBe('not_found');
    const label = 'azure-read-only';
    const reader = azure.connect(applicationOf(simulator, label), {
      endpoint: simulator.microsoft.url,
      limits: QUICK,
    });
    const [subscription] = simulator.control.world.subscriptions.values();
    const clientId = applicationOf(simulator, label).values['clientId'] ?? '';
    const [directory] = [...simulator.control.world.directories.values()].filter((one) =>
      one.applications.has(clientId),
    );
    const principal = directory?.applications.get(clientId)?.objectId ?? '';
    const role = subscription?.roles.get(principal);
    subscription?.roles.set(principal, { actions: role?.actions ?? [], notActions: [] });
    const denied = await failure(reader.costExports(PLACE));
    expect(denied.kind).toBe('denied');
    expect(denied.problem.action).toBe(
      'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
    );
    const findings = await reader.probe({ features: ['costs'] });
    expect(findings.filter(({ granted }) => granted === 'no').map(({ action }) => action)).toEqual([
      'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
    ]);
    reader.close();
  });

  test('the role definition keeps what is read in blobs apart, as Azure wants it', () => {
    const text = azure.accessTemplates({ features: ['costs'] }).find(({ id }) => id === 'role')?.text ?? '{}';
    const role = JSON.parse(text) as { Actions: string[]; DataActions: string[] };
    expect(role.DataActions).toEqual([
      'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
    ]);
    expect(role.Actions.some((action) => role.DataActions.includes(action))).toBe(false);
  });
});
