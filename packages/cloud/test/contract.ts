import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection, ConnectOptions, Credentials, Provider } from '../src/contract.ts';
import { CloudError } from '../src/errors.ts';
import type { FieldValues } from '../src/fields.ts';
import { CostAnswer, MetricSeries, type PriceQuery, PriceQuote } from '../src/observations.ts';
import { CostEstimate } from '../src/operations.ts';
import { PermissionFinding } from '../src/permissions.ts';
import { GLOBAL_REGION, Resource, ResourceState, type ResourceRef } from '../src/resource.ts';
import { declarations } from './declarations.ts';
import { failure, Lines, listAll, QUICK } from './support.ts';

/** What the contract suite needs to run over a provider: a simulated account that holds something. */
export interface ContractSubject {
  readonly endpoint: string;
  /** Allowed everything. */
  readonly full: Credentials;
  /** Allowed to read and nothing else. */
  readonly readOnly: Credentials;
  /** Well formed, and known to nobody. */
  readonly unknown: Credentials;
  /** Secret values in the credentials. */
  readonly secrets: readonly string[];
  /** A region with resources in it. */
  readonly region: string;
  /** A type with at least two resources in that region, on the first of which `change` works. */
  readonly taggableType: string;
  /** An operation that its undo takes back whole; default: a tag is set. */
  readonly change?: { readonly operation: string; parameters(resource: Resource): FieldValues };
  /** Something that can be made in the region by an order; needed where anything can be. */
  readonly make?: { readonly creatable: string; readonly input: FieldValues };
  /** A price the bundled table knows. */
  readonly price: PriceQuery;
  close(): Promise<void>;
}

/** The properties every adapter has, whatever the cloud. Run it from a test file of the provider. */
export function cloudContract(provider: Provider, start: () => Promise<ContractSubject>): void {
  describe(`cloud contract: ${provider.label}`, () => {
    declarations(provider);
    let subject: ContractSubject;
    let connection: Connection;
    const open = (credentials: Credentials, options: ConnectOptions = {}) =>
      provider.connect(credentials, {
        endpoint: subject.endpoint,
        ...options,
        limits: { ...QUICK, ...options.limits },
      });

    beforeAll(async () => {
      subject = await start();
      connection = open(subject.full);
    });
    afterAll(async () => {
      connection.close();
      await subject.close();
    });

    async function everything(only?: string): Promise<Resource[]> {
      const found: Resource[] = [];
      for (const service of connection.services) {
        const region = service.scope === 'global' ? GLOBAL_REGION : subject.region;
        const types = only === undefined ? {} : { types: [only] };
        found.push(...(await listAll(connection, { service: service.id, region, ...types })).resources);
      }
      return found;
    }

    describe('who and where', () => {
      test('good credentials tell whose they are; the regions hold the subject', async () => {
        const identity = await connection.identity();
        expect(identity.accountId).not.toBe('');
        expect((await connection.regions()).map((r) => r.id)).toContain(subject.region);
      });

      test('unknown credentials are told as such, and their secrets are in no text', async () => {
        const lines = new Lines();
        const error = await failure(open(subject.unknown, { log: lines.log }).identity());
        expect(error.kind).toBe('invalid_credentials');
        for (const secret of subject.secrets)
          expect(JSON.stringify([error.problem, error.stack, lines.all])).not.toContain(secret);
      });

      test('a missing field is named', async () => {
        const error = await failure(
          (async () => provider.connect({ method: subject.full.method, values: {} }))(),
        );
        expect(error.kind).toBe('invalid_input');
        expect(error.problem.fields?.length).toBeGreaterThan(0);
      });
    });

    describe('the inventory', () => {
      test('each resource fits the schema, has its own id, and each type ends once', async () => {
        const ids = new Set<string>();
        for (const service of connection.services) {
          const region = service.scope === 'global' ? GLOBAL_REGION : subject.region;
          const { resources, ends } = await listAll(connection, { service: service.id, region });
          expect([...ends.keys()].sort()).toEqual(service.resourceTypes.map((t) => t.id).sort());
          for (const end of ends.values()) {
            expect(end.problem, JSON.stringify(end.problem)).toBeUndefined();
            expect(end.complete).toBe(true);
          }
          for (const resource of resources) {
            expect(() => Resource.parse(resource)).not.toThrow();
            expect(resource.state, `${resource.type} ${resource.stateRaw}`).not.toBe('unknown');
            expect(ids.has(resource.nativeId), resource.nativeId).toBe(false);
            ids.add(resource.nativeId);
          }
        }
        expect(ids.size).toBeGreaterThan(10);
      });

      test('a second listing says the same, and looking at one does too', async () => {
        const [first, second] = [
          await everything(subject.taggableType),
          await everything(subject.taggableType),
        ];
        expect(second).toEqual(first);
        expect(await connection.inspect(first[0] as Resource)).toEqual(first[0]);
      });

      test('looking at one resource of each type says what the list said', async () => {
        const first = new Map<string, Resource>();
        for (const resource of await everything())
          if (!first.has(resource.type)) first.set(resource.type, resource);
        for (const listed of first.values()) expect(await connection.inspect(listed)).toEqual(listed);
      });

      test('what does not exist is not found; what is not known is not supported', async () => {
        const [one] = await everything(subject.taggableType);
        const never = {
          ...(one as Resource),
          nativeId: `${one?.nativeId}0`,
          id: (one?.id ?? '').replace(/[0-9a-f]{4}$/, '0000'),
        };
        expect((await failure(connection.inspect(never))).kind).toBe('not_found');
        expect(
          (await failure(listAll(connection, { service: 'no-such-service', region: subject.region }))).kind,
        ).toBe('unsupported');
        expect((await failure(connection.inspect({ ...never, type: 'x.y.z' }))).kind).toBe('unsupported');
      });

      test('an aborted listing throws and does not end as complete', async () => {
        const service = connection.services.find((s) =>
          s.resourceTypes.some((t) => t.id === subject.taggableType),
        );
        const signal = AbortSignal.abort();
        const region = service?.scope === 'global' ? GLOBAL_REGION : subject.region;
        expect(
          (await failure(listAll(connection, { service: service?.id ?? '', region, signal }))).kind,
        ).toBe('aborted');
      });
    });

    describe('permissions', () => {
      test('everything is granted to full rights, and reads only to readers', async () => {
        const full = await connection.probe({ region: subject.region });
        for (const finding of full) expect(() => PermissionFinding.parse(finding)).not.toThrow();
        expect(full.filter((f) => f.granted === 'no')).toEqual([]);
        const reader = open(subject.readOnly);
        const findings = await reader.probe({ features: ['inventory', 'delete'], region: subject.region });
        expect(findings.filter((f) => f.feature === 'inventory' && f.granted === 'no')).toEqual([]);
        const refused = new Set(findings.filter((f) => f.granted === 'no').map((f) => f.action));
        for (const operation of provider.operations.filter((o) => o.id === 'delete')) {
          expect(
            operation.actions.some((action) => refused.has(action)),
            operation.type,
          ).toBe(true);
        }
        expect(findings.some((f) => f.feature === 'operate')).toBe(false);
        reader.close();
      });

      test('asking changes nothing', async () => {
        const before = await everything();
        await connection.probe({ region: subject.region });
        expect((await everything()).map((r) => r.nativeId).sort()).toEqual(
          before.map((r) => r.nativeId).sort(),
        );
      });
    });

    describe('operations', () => {
      let resource: ResourceRef;
      let operation: string;
      let parameters: FieldValues;
      beforeAll(async () => {
        const first = (await everything(subject.taggableType))[0] as Resource;
        const tags = { contract: 'yes 🧪' };
        resource = first;
        operation = subject.change?.operation ?? 'tag';
        parameters = subject.change?.parameters(first) ?? { tags };
      });
      const order = (id: string, values: FieldValues, clientToken: string) => ({
        operation: id,
        resource,
        parameters: values,
        clientToken,
      });

      test('a change is made, known as made, and undone', async () => {
        const former = await connection.inspect(resource);
        const request = order(operation, parameters, 'contract-tag-001');
        expect(await connection.reconcileOperation(request)).toMatchObject({ happened: 'no' });
        const rehearsed = await connection.rehearse(request);
        expect(await connection.inspect(resource)).toEqual(former);
        const done = await connection.operate(request);
        expect(done.undo).toEqual(rehearsed.undo);
        const changed = await connection.inspect(resource);
        expect(changed).not.toEqual(former);
        if (operation === 'tag') expect(changed.tags).toEqual({ ...former.tags, contract: 'yes 🧪' });
        expect(await connection.reconcileOperation(request)).toMatchObject({ happened: 'yes' });
        expect(await connection.operate(request)).toMatchObject({ status: 'already' });
        await connection.operate(
          order(done.undo?.operation ?? '', done.undo?.parameters ?? {}, 'contract-tag-002'),
        );
        expect(await connection.inspect(resource)).toEqual(former);
      });

      test('a reader is refused with the name of the permission', async () => {
        const reader = open(subject.readOnly);
        const error = await failure(reader.operate(order(operation, parameters, 'contract-tag-003')));
        expect(error.kind).toBe('denied');
        expect(error.problem.action).toBeTruthy();
        reader.close();
      });

      test('unknown operations, parameters and tokens are refused', async () => {
        expect((await failure(connection.operate(order('levitate', {}, 'contract-tag-004')))).kind).toBe(
          'unsupported',
        );
        expect(
          (await failure(connection.operate(order(operation, { bogus: {} }, 'contract-tag-005')))).kind,
        ).toBe('invalid_input');
        expect((await failure(connection.operate(order(operation, parameters, '')))).kind).toBe(
          'invalid_input',
        );
      });

      test('waiting for the state it is in ends at once', async () => {
        const now = await connection.inspect(resource);
        expect(ResourceState.options).toContain(now.state);
        expect((await connection.waitFor({ resource, states: [now.state], timeoutMs: 1_000 }))?.state).toBe(
          now.state,
        );
      });
    });

    describe('creation, prices, metrics, costs', () => {
      test('an empty form is refused for every type that can be created, and nothing is made', async () => {
        for (const { id } of provider.creatables) {
          const error = await failure(
            connection.create({
              creatable: id,
              region: subject.region,
              input: { bogus: true },
              clientToken: 'contract-make-01',
            }),
          );
          expect(error.kind).toBe('invalid_input');
          expect(error.problem.fields?.map((f) => f.field)).toContain('bogus');
          CostEstimate.parse(await connection.estimate({ creatable: id, region: subject.region, input: {} }));
        }
      });

      const creates = provider.creatables.length > 0 ? test : undefined;
      creates?.('what is ordered is made once, known as made, and refused to a reader', async () => {
        const { make } = subject;
        if (make === undefined) throw new Error('the subject names nothing to make');
        const request = { ...make, region: subject.region, clientToken: 'contract-make-02' };
        const reader = open(subject.readOnly);
        const refused = await failure(reader.create(request));
        reader.close();
        expect(refused.kind).toBe('denied');
        expect(refused.problem.action).toBeTruthy();
        expect(await connection.reconcileCreate(request)).toMatchObject({ happened: 'no', resources: [] });
        const told: string[] = [];
        const made = await connection.create({
          ...request,
          onCreated: ({ nativeId }) => void told.push(nativeId),
        });
        expect(made.status).toBe('created');
        expect(told.toSorted()).toEqual(made.resources.map(({ nativeId }) => nativeId).toSorted());
        const again = await connection.create(request);
        expect(again.resources).toEqual(made.resources);
        expect(await connection.reconcileCreate(request)).toMatchObject({ happened: 'yes' });
        const [wanted] = made.resources;
        const { until } = provider.creatables.find(({ id }) => id === make.creatable) ?? { until: [] };
        const resource = wanted as ResourceRef;
        await connection.waitFor({ resource, states: until, timeoutMs: 60_000 });
        const found = (await everything(wanted?.type)).filter(
          ({ nativeId }) => nativeId === wanted?.nativeId,
        );
        expect(found).toHaveLength(1);
      });

      test('every picker answers', async () => {
        for (const creatable of provider.creatables) {
          for (const field of creatable.fields.filter((f) => f.picker)) {
            const defaults = Object.fromEntries(
              creatable.fields.filter((f) => f.default !== undefined).map((f) => [f.name, f.default ?? null]),
            );
            const options = await connection.options({
              creatable: creatable.id,
              field: field.name,
              region: subject.region,
              input: defaults,
            });
            expect(new Set(options.map((o) => o.value)).size, `${creatable.id} ${field.name}`).toBe(
              options.length,
            );
          }
        }
      });

      test('prices come in the order of the questions, with date and source', async () => {
        const nothing = { ...subject.price, sku: 'no-such-size', region: 'nowhere-1' };
        const [none, quote] = await connection.prices([nothing, subject.price]);
        expect(none).toBeUndefined();
        expect(PriceQuote.parse(quote).query).toEqual(subject.price);
      });

      test('metrics are one series per target, in their order, gaps kept', async () => {
        const { metricTypes } = provider;
        const resources = await everything();
        const targets = metricTypes.flatMap((m) => {
          const resource = resources.find((r) => r.type === m.type && r.region === subject.region);
          return resource ? [{ resource, metric: m.id, statistic: m.statistics[0] ?? 'average' }] : [];
        });
        expect(targets.length > 0).toBe(metricTypes.length > 0);
        const to = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
        const from = new Date(to.getTime() - 24 * 3_600_000);
        const series = await connection.metrics({
          targets,
          periodSeconds: 3_600,
          from: from.toISOString(),
          to: to.toISOString(),
        });
        expect(series.map((s) => [s.nativeId, s.metric])).toEqual(
          targets.map((t) => [t.resource.nativeId, t.metric]),
        );
        for (const one of series) {
          expect(() => MetricSeries.parse(one)).not.toThrow();
          const times = one.points.map((p) => p.at);
          expect(times).toEqual([...new Set(times)].sort());
        }
        const resource = resources[0] as Resource;
        const wrong = [{ resource, metric: 'no-such-metric', statistic: 'average' as const }];
        expect(
          (
            await failure(
              connection.metrics({
                targets: wrong,
                periodSeconds: 60,
                from: from.toISOString(),
                to: to.toISOString(),
              }),
            )
          ).kind,
        ).toBe('invalid_input');
      });

      test('costs by service add up to the costs without groups, exactly', async () => {
        const to = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
        const from = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);
        const grouped = await connection.costs({
          from,
          to,
          granularity: 'daily',
          groupBy: [{ by: 'service' }],
        });
        const total = await connection.costs({ from, to, granularity: 'daily', groupBy: [] });
        expect(CostAnswer.parse(grouped).detail).toBe('light');
        const units = (amount: string): bigint => {
          const [whole = '0', part = ''] = amount.split('.');
          return BigInt(`${whole}${part.padEnd(18, '0')}`);
        };
        for (const day of total.rows) {
          const parts = grouped.rows.filter((r) => r.from === day.from).map((r) => units(r.amount));
          expect(parts.reduce((a, b) => a + b, 0n)).toBe(units(day.amount));
        }
        expect(total.rows.length).toBe(7);
        expect(
          (await failure(connection.costs({ from: to, to: from, granularity: 'daily', groupBy: [] }))).kind,
        ).toBe('invalid_input');
      });
    });

    test('a closed connection refuses calls', async () => {
      const closed = open(subject.full);
      closed.close();
      expect(await failure(closed.identity())).toBeInstanceOf(CloudError);
    });
  });
}
