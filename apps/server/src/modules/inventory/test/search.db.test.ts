import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  connectAccount,
  newMember,
  newTenant,
  startCloudStage,
  synchronise,
  type CloudStage,
} from '../../../../test/support/cloud.ts';
import type { TestBrowser } from '../../../../test/support/application.ts';
import { ec2Store } from '../../../../../../packages/simulator/src/aws/services/ec2/store.ts';
import { addVolume } from '../../../../../../packages/simulator/src/aws/services/ec2/volume-model.ts';
import { EMPTY_ACCOUNT } from '../../../../../../packages/simulator/src/scenarios/empty.ts';

const sorts = [
  'name',
  '-name',
  'type',
  '-type',
  'region',
  '-region',
  'state',
  '-state',
  'cost',
  '-cost',
  'created',
  '-created',
  'changed',
  '-changed',
];
const base = 1_700_000_000_000;

interface Row {
  id: string;
  name: string;
  type: string;
  region: string;
  state: string;
  changedAt: string;
  createdAt: string | null;
  monthlyEstimate: { amount: string } | null;
}

describe('searching the inventory', () => {
  let stage: CloudStage;
  let accountId: string;

  beforeAll(async () => {
    stage = await startCloudStage();
    const account = stage.simulator.control.world.accounts.get(EMPTY_ACCOUNT);
    if (account === undefined) throw new Error('no account');
    // Many equal keys: three names, four sizes, two dates.
    for (const [region, zone] of [
      ['us-east-1', 'us-east-1a'],
      ['eu-west-1', 'eu-west-1b'],
    ] as const) {
      const store = account.store(ec2Store, region);
      for (let n = 0; n < 60; n += 1) {
        const tags = [
          { Key: 'Name', Value: ['disk', 'Disk', 'ünïcode % _ \\ 100%'][n % 3] ?? '' },
          { Key: 'app', Value: n % 2 === 0 ? 'shop' : 'shopping' },
          ...(n % 5 === 0 ? [{ Key: 'cost-center', Value: 'CC-1' }] : []),
        ];
        addVolume(store, {
          size: 10 + (n % 4) * 10,
          type: n % 7 === 0 ? 'io1' : 'gp3',
          zone,
          tags,
          createdAt: base + (n % 2) * 86_400_000,
        });
      }
      addVolume(store, {
        size: 5,
        type: 'gp3',
        zone,
        tags: [
          { Key: 'Name', Value: '=HYPERLINK("http://evil.example")' },
          { Key: 'note', Value: 'a "quoted", line\nand more' },
        ],
        createdAt: base,
      });
    }
    accountId = (await connectAccount(stage)).id;
    expect((await synchronise(stage, accountId)).status).toBe('succeeded');
  });
  afterAll(() => stage.close());

  async function ask(query: string, browser: TestBrowser = stage.owner) {
    const answer = await browser.get(`${stage.base}/resources?${query}`);
    expect(answer.status, `${query}: ${JSON.stringify(answer.body)}`).toBe(200);
    return answer.body as { items: Row[]; nextCursor: string | null; total: number };
  }

  /** All pages of a question. */
  async function all(query: string, limit: number): Promise<Row[]> {
    const rows: Row[] = [];
    let cursor = '';
    for (let page = 0; page < 100; page += 1) {
      const answer = await ask(
        `${query}&limit=${limit}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      rows.push(...answer.items);
      if (answer.nextCursor === null) return rows;
      cursor = answer.nextCursor;
    }
    throw new Error('the pages never end');
  }

  test.each(sorts)('sorted by %s, pages lose and repeat nothing', async (sort) => {
    const { total } = await ask('limit=1');
    const rows = await all(`sort=${sort}`, 17);
    expect(rows).toHaveLength(total);
    expect(new Set(rows.map((row) => row.id)).size).toBe(total);
    const whole = await all(`sort=${sort}`, 200);
    expect(rows.map((row) => row.id)).toEqual(whole.map((row) => row.id));
    const column = sort.replace('-', '') as 'type' | 'region' | 'state';
    if (['type', 'region', 'state'].includes(column)) {
      const texts = rows.map((row) => row[column]);
      const ascending = texts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      expect(texts).toEqual(sort.startsWith('-') ? ascending.toReversed() : ascending);
    }
    const keys = rows.map((row): number => {
      if (sort.endsWith('cost')) return Number(row.monthlyEstimate?.amount ?? 0);
      if (sort.endsWith('created')) return row.createdAt === null ? -Infinity : Date.parse(row.createdAt);
      if (sort.endsWith('changed')) return Date.parse(row.changedAt);
      return 0;
    });
    const sorted = keys.toSorted((a, b) => (sort.startsWith('-') ? b - a : a - b));
    expect(keys).toEqual(sorted);
  });

  test.each(sorts)('words sorted by %s: every page tells the same total and none repeats', async (sort) => {
    const { total } = await ask('q=disk&limit=1');
    expect(total).toBe(80);
    const whole = await all(`q=disk&sort=${sort}`, 200);
    const rows = await all(`q=disk&sort=${sort}`, 7);
    expect(rows.map((row) => row.id)).toEqual(whole.map((row) => row.id));
    expect(new Set(rows.map((row) => row.id)).size).toBe(80);
    const first = await ask(`q=disk&sort=${sort}&limit=7`);
    const second = await ask(
      `q=disk&sort=${sort}&limit=7&cursor=${encodeURIComponent(first.nextCursor ?? '')}`,
    );
    expect([first.total, second.total]).toEqual([80, 80]);
  });

  test('words are found in names, ids and tags, whatever their case; their special characters mean nothing', async () => {
    expect((await ask('type=aws.ec2.volume&q=disk')).total).toBe(80);
    expect((await ask('q=DISK%20shopping')).total).toBe(40);
    expect((await ask(`q=${encodeURIComponent('% _ \\ 100%')}`)).total).toBe(40);
    expect((await ask(`q=${encodeURIComponent('100_')}`)).total).toBe(0);
    expect((await ask('q=app%3Dshop&type=aws.ec2.volume')).total).toBe(120);
    const { items } = await ask('q=disk&limit=1');
    const [one] = items;
    expect(
      (await ask(`q=${(one as Row & { shortId: string }).shortId.toUpperCase()}`)).items.map((row) => row.id),
    ).toContain(one?.id);
  });

  test('tags are asked for by key and by value', async () => {
    expect((await ask('tag=cost-center')).total).toBe(24);
    expect((await ask('tag=app%3Dshop')).total).toBe(60);
    expect((await ask('tag=app%3Dshop&tag=app%3Dshopping')).total).toBe(120);
    expect((await ask('tag=App%3Dshop')).total).toBe(0);
    expect((await ask("tag=app'%20or%20true%20--")).total).toBe(0);
  });

  test('filters narrow together, their values are alternatives', async () => {
    expect((await ask('type=aws.ec2.volume&region=us-east-1')).total).toBe(61);
    expect((await ask('type=aws.ec2.volume&region=us-east-1&region=eu-west-1&state=available')).total).toBe(
      122,
    );
    expect((await ask('type=aws.ec2.volume&state=running')).total).toBe(0);
    expect((await ask(`account=${accountId}&type=aws.ec2.volume`)).total).toBe(122);
    expect((await ask('account=nobody')).total).toBe(0);
    expect((await ask('provider=azure')).total).toBe(0);
    expect((await ask('category=storage&service=ec2&type=aws.ec2.volume')).total).toBe(122);
  });

  test('the summary counts what the list lists', async () => {
    for (const query of [
      '',
      'q=disk',
      'tag=app%3Dshop',
      'region=us-east-1&type=aws.ec2.volume',
      'q=nothing-like-it',
    ]) {
      const { body } = await stage.owner.get(`${stage.base}/resources/summary?${query}`);
      const { total } = await ask(query);
      expect(body.total, query).toBe(total);
      for (const part of ['byService', 'byType', 'byState', 'byAccount']) {
        expect(
          body[part].reduce((sum: number, row: { count: number }) => sum + row.count, 0),
          `${part} of ${query}`,
        ).toBe(total);
      }
    }
    const { body } = await stage.owner.get(`${stage.base}/resources/summary?type=aws.ec2.volume`);
    expect(body.tagKeys).toContainEqual({ key: 'cost-center', count: 24 });
  });

  test('the export holds the list, with formulas disarmed and quotes kept', async () => {
    const whole = await all('type=aws.ec2.volume', 200);
    const response = await stage.atlas.app.inject({
      method: 'GET',
      url: `/api/v1${stage.base}/resources/export.csv?type=aws.ec2.volume`,
      headers: { cookie: [...stage.owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    const rows = parseCsv(response.body.replace(/^\ufeff/, ''));
    const header = rows[0] ?? [];
    const names = rows.slice(1).map((row) => row[header.indexOf('name')] ?? '');
    expect(names.toSorted()).toEqual(
      whole.map((row) => (row.name.startsWith('=') ? `'${row.name}` : row.name)).toSorted(),
    );
    expect(rows.every((row) => row.length === header.length)).toBe(true);
    expect(rows.some((row) => row[header.indexOf('tags')]?.includes('a "quoted", line\nand more'))).toBe(
      true,
    );
  });

  test('broken questions are refused, not answered and not a server error', async () => {
    const wrong = [
      'sort=price',
      'cursor=abc',
      'limit=0',
      'limit=100000',
      'colour=red',
      `q=${'x'.repeat(300)}`,
      'vanished=perhaps',
    ];
    const { nextCursor } = await ask('sort=name&limit=3');
    wrong.push(
      `sort=cost&cursor=${encodeURIComponent(nextCursor ?? '')}`,
      `sort=changed&cursor=${encodeURIComponent(nextCursor ?? '')}`,
    );
    for (const query of wrong) {
      const { status } = await stage.owner.get(`${stage.base}/resources?${query}`);
      expect(status, query).toBe(422);
    }
    for (const query of [
      'q=%00',
      'tag=%00',
      'type=%00',
      'tag=a%3D%00',
      'q=%ED%A0%80',
      'state=%00',
      'region=%F0%9F%98%80',
    ]) {
      const { status, body } = await stage.owner.get(`${stage.base}/resources?${query}`);
      expect([200, 400, 422], `${query}: ${JSON.stringify(body)}`).toContain(status);
      const summary = await stage.owner.get(`${stage.base}/resources/summary?${query}`);
      expect([200, 400, 422], query).toContain(summary.status);
    }
  });

  test("a resource, its history, run and order do not exist in another's workspace", async () => {
    const { items } = await ask('limit=1');
    const [resource] = items;
    const runs = await stage.owner.get(`${stage.base}/sync-runs`);
    await stage.atlas.application.services.tenancy.createWorkspace(stage.organizationId, {
      name: 'Side',
      slug: 'side',
    });
    const stranger = await newTenant(stage.atlas, 'stranger');
    for (const [browser, place] of [
      [stage.owner, '/orgs/aurora/workspaces/side'],
      [stranger.owner, stranger.base],
    ] as const) {
      for (const path of [
        `/resources/${resource?.id}`,
        `/resources/${resource?.id}/history`,
        `/sync-runs/${runs.body.items[0].id}`,
        '/resources/not-an-id',
        '/sync-runs/x',
      ]) {
        expect((await browser.get(`${place}${path}`)).status, path).toBe(404);
      }
      expect((await browser.get(`${place}/resources`)).body.total).toBe(0);
      expect((await browser.get(`${place}/resources?account=${accountId}`)).body.total).toBe(0);
      const refused = await browser.post(`${place}/operations`, {
        resourceIds: [resource?.id],
        operation: 'tag',
        parameters: { tags: { a: 'b' } },
      });
      expect(refused.body).toEqual({
        orders: [],
        refused: [{ resourceId: resource?.id, reason: 'not_found' }],
      });
      expect((await browser.post(`${place}/sync-runs`, { accountIds: [accountId] })).status).toBe(404);
      expect(
        (
          await browser.post(`${place}/creations`, {
            accountId,
            creatable: 'aws.s3.bucket',
            region: 'us-east-1',
            input: { bucketName: 'not-yours' },
          })
        ).status,
      ).toBe(404);
    }
  });

  test("saved views are one's own, or shared; only the owner deletes them", async () => {
    const viewer = await newMember(stage.atlas, stage.organizationId, 'viewer');
    const mine = await stage.owner.post(`${stage.base}/resource-views`, { name: 'Mine', search: 'q=disk' });
    const shared = await stage.owner.post(`${stage.base}/resource-views`, {
      name: 'Ours',
      search: 'tag=app',
      shared: true,
    });
    expect([mine.status, shared.status]).toEqual([201, 201]);
    const seen = (await viewer.get(`${stage.base}/resource-views`)).body.items;
    expect(seen.map((view: { name: string; mine: boolean }) => [view.name, view.mine])).toEqual([
      ['Ours', false],
    ]);
    expect((await viewer.call('DELETE', `${stage.base}/resource-views/${shared.body.id}`)).status).toBe(404);
    expect((await stage.owner.get('/orgs/aurora/workspaces/side/resource-views')).body.items).toEqual([]);
    expect((await stage.owner.call('DELETE', `${stage.base}/resource-views/${mine.body.id}`)).status).toBe(
      204,
    );
    expect((await stage.owner.get(`${stage.base}/resource-views`)).body.items).toHaveLength(1);
  });
});

/** RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    const [, quoted, plain, end] = match;
    if (match[0] === '') break;
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}
