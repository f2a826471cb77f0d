import type { z } from 'zod';
import { CloudError } from '@cloudatlas/cloud/errors';
import type { ServiceDescriptor } from '@cloudatlas/cloud/resource';
import type { AccountFacts, AccountsService } from '#modules/accounts/index.ts';
import type { CostsService } from '#modules/costs/index.ts';
import type { Estate } from '#modules/inventory/index.ts';
import type { Database } from '#platform/db/database.ts';
import { AppError, messageOf } from '#platform/errors/app-error.ts';
import type { JobContext } from '#platform/jobs/jobs.ts';
import type { Platform } from '#platform/module.ts';
import { findingsExpired, findingsOpened, findingsReopened } from '../events.ts';
import { loadActualCosts } from '../facts/actual-costs.ts';
import { AccountFactBase } from '../facts/facts.ts';
import { PriceList } from '../facts/prices.ts';
import { AccountSnapshot } from '../facts/snapshot.ts';
import { collectMetrics, type MetricProblems } from '../metrics/collect.ts';
import { midnightOf } from '../metrics/profile.ts';
import type { ProfileStore } from '../metrics/store.ts';
import { wantedMetrics } from '../metrics/wanted.ts';
import type { Skip } from '../rules/rule.ts';
import { anyExclusion } from '../settings/exclusion.ts';
import type { RuleInForce, Settings } from '../settings/settings.ts';
import type { FinopsTables } from '../tables.ts';
import { Coverage } from './coverage.ts';
import { examineAccount } from './examine.ts';
import { lastAttempt, type scanAccountJob } from './jobs.ts';
import { mergeFindings, movedOf, replaceDiagnostics } from './merge.ts';
import { Exchange } from './money.ts';
import { createProgress } from './progress.ts';
import type { Scans } from './scans.ts';
import { OpenFindings, Staging, type ScanKey } from './staged.ts';
import { Tally } from './tally.ts';

export interface ScanNeeds {
  accounts: AccountsService;
  costs: CostsService;
  estate: Estate;
  settings: Settings;
  profiles: ProfileStore;
  scans: Scans;
}

/**
 * Scans one account: reads the metrics that are missing, examines every resource with every rule, and makes what was
 * found visible in one transaction. A kill at any point leaves the results of the scan before; the job runs again.
 */
export function createAccountScan(
  platform: Pick<Platform, 'clock' | 'events'>,
  db: Database<FinopsTables>,
  needs: ScanNeeds,
) {
  const { clock, events } = platform;
  const { accounts, costs, estate, settings, profiles, scans } = needs;

  return async function scanAccount(
    key: z.infer<typeof scanAccountJob.schema>,
    context: Pick<JobContext, 'signal' | 'attempt' | 'log'>,
  ): Promise<void> {
    try {
      await scan(key, context);
    } catch (error) {
      const refused =
        (error instanceof AppError && error.code !== 'unavailable') || error instanceof CloudError;
      const final = refused || context.attempt >= lastAttempt;
      // A database or process fault, or a busy cost lake: the queue runs the job again.
      if (!final || context.signal.aborted) throw error;
      context.log.error({ err: error, ...key }, 'an account could not be scanned');
      await scans.fail(
        key,
        key.scanId,
        key.accountId,
        `${await nameOf(key)} could not be scanned: ${messageOf(error)}`,
      );
    }
  };

  async function nameOf(key: ScanKey): Promise<string> {
    try {
      return (await accounts.factsOf(key, key.accountId)).name;
    } catch {
      return 'An account that was removed';
    }
  }

  async function scan(key: ScanKey, { signal, log }: Pick<JobContext, 'signal' | 'log'>): Promise<void> {
    const progress = createProgress(db, clock, key, (tx) => scans.announce(tx, key, key.scanId));
    if (!(await progress.begin())) return;
    const account = await accounts.factsOf(key, key.accountId);
    const { active, inactive } = await rulesFor(account);
    const today = midnightOf(clock.now());

    const metrics = await readMetrics(account, active, today, signal, progress);
    const { services, denied, idsIgnoreCase } = await whatIsOffered(account);
    const coverage = new Coverage(await estate.coverage(key, account.id), services);
    const exchange = await exchangeOf(key);

    const types = [
      ...new Set(
        active.flatMap(({ rule }) => [
          rule.resourceType,
          ...(rule.needsTypes ?? []),
          ...rule.metrics.flatMap(({ type }) => type ?? []),
        ]),
      ),
    ];
    const snapshot = await AccountSnapshot.load(estate, key, account, types);
    const prices = await PriceList.load(db, account, clock.now());
    const completeThrough = await costs.money.completeThrough(key);
    const actual = await loadActualCosts(
      costs,
      key,
      account.nativeId,
      snapshot,
      completeThrough,
      clock.now(),
      signal,
      idsIgnoreCase,
    );
    const tally = new Tally();
    const open = await OpenFindings.load(db, key);
    const staging = new Staging(db, key, open);
    await staging.clear();
    await noteInactive(key, inactive, tally);
    const inForce = await settings.get(key);
    const examinedTypes = new Set(active.map(({ rule }) => rule.resourceType));
    await progress.phase(
      'rules',
      [...examinedTypes].reduce((total, type) => total + snapshot.ofType(type).length, 0),
    );
    let failures = 0;
    const { examined, found } = await examineAccount({
      base: new AccountFactBase(clock.now(), today, snapshot, actual.costs, prices, actual.bill),
      rules: active,
      settings: inForce,
      excluded: anyExclusion(inForce.excludeTags),
      coverage,
      metricProblems: metrics.problems,
      noMetrics: metrics.off,
      denied,
      exchange,
      open,
      staging,
      tally,
      readSeries: (ids, names) => profiles.read(key, ids, names),
      fetchPrices: () => prices.fetch({ db, accounts, clock }, account, signal),
      async onProgress(resources) {
        signal.throwIfAborted();
        await progress.moved(resources);
      },
      onRuleFailure(rule, resource, error) {
        failures += 1;
        // A rule that fails on one resource may fail on all of them.
        if (failures <= 20)
          log.error({ err: error, rule: rule.id, resource: resource.nativeId }, 'a rule failed');
      },
    });
    for (const { rule } of active) if (!tally.has(rule.id)) tally.empty(rule.id);
    await finish(key, { examined, found, tally, exchange, message: messageFor(account, metrics.problems) });
  }

  async function rulesFor(
    account: AccountFacts,
  ): Promise<{ active: RuleInForce[]; inactive: { rule: RuleInForce; skip: Skip }[] }> {
    const now = clock.now();
    const active: RuleInForce[] = [];
    const inactive: { rule: RuleInForce; skip: Skip }[] = [];
    for (const rule of await settings.rules(account)) {
      if (rule.rule.provider !== account.provider) continue;
      if (!rule.enabled) inactive.push({ rule, skip: { kind: 'skip', reason: 'disabled' } });
      else if (rule.snoozedUntil !== null && rule.snoozedUntil > now)
        inactive.push({
          rule,
          skip: {
            kind: 'skip',
            reason: 'snoozed',
            detail: `until ${rule.snoozedUntil.toISOString().slice(0, 10)}`,
          },
        });
      else active.push(rule);
    }
    return { active, inactive };
  }

  async function noteInactive(
    key: ScanKey,
    inactive: readonly { rule: RuleInForce; skip: Skip }[],
    tally: Tally,
  ): Promise<void> {
    const counts = await estate.counts(
      key,
      key.accountId,
      inactive.map(({ rule }) => rule.rule.resourceType),
    );
    for (const { rule, skip } of inactive)
      tally.note(rule.rule.id, '*', skip, counts.get(rule.rule.resourceType) ?? 0);
  }

  async function readMetrics(
    account: AccountFacts,
    active: readonly RuleInForce[],
    today: number,
    signal: AbortSignal,
    progress: ReturnType<typeof createProgress>,
  ): Promise<{ problems: MetricProblems; off: Skip | null }> {
    if (!account.features.includes('metrics'))
      return {
        problems: new Map(),
        off: {
          kind: 'skip',
          reason: 'missing_permission',
          detail: 'metrics are switched off for this account',
        },
      };
    const wanted = wantedMetrics(active.map(({ rule }) => rule));
    const counts = await estate.counts(account, account.id, [...wanted.keys()]);
    await progress.phase(
      'metrics',
      [...counts.values()].reduce((total, count) => total + count, 0),
    );
    const problems = await collectMetrics(
      { accounts, estate, profiles },
      account,
      wanted,
      today,
      signal,
      (resources) => progress.moved(resources),
    );
    return { problems, off: null };
  }

  async function whatIsOffered(account: AccountFacts): Promise<{
    services: readonly ServiceDescriptor[];
    denied: ReadonlySet<string>;
    idsIgnoreCase: boolean;
  }> {
    const offered = await accounts.withConnection(account, account.id, async (connection) => ({
      services: connection.services,
      idsIgnoreCase: connection.idsIgnoreCase ?? false,
    }));
    const permissions = await accounts.permissionsOf(account, account.id);
    return {
      ...offered,
      denied: new Set(permissions.filter(({ granted }) => granted === 'no').map(({ action }) => action)),
    };
  }

  async function exchangeOf(key: ScanKey): Promise<Exchange> {
    const currency = await costs.money.currency(key);
    return new Exchange(currency, await costs.money.ratesInto(key, currency));
  }

  /** Makes everything visible at once. */
  async function finish(
    key: ScanKey,
    result: { examined: number; found: number; tally: Tally; exchange: Exchange; message: string | null },
  ): Promise<void> {
    const { organizationId } = key;
    await db.inTenant(key, async (tx) => {
      const merged = await mergeFindings(tx, key, clock.now());
      await replaceDiagnostics(tx, key, result.tally.rows());
      const updated = await tx
        .updateTable('finops.scan_account')
        .set({
          status: 'done',
          done: result.examined,
          total: result.examined,
          examined: result.examined,
          found: result.found,
          opened: merged.opened.length + merged.reopened.length,
          expired: merged.expired.length,
          message: result.message,
          updated_at: clock.now(),
        })
        .where('scan_id', '=', key.scanId)
        .where('account_id', '=', key.accountId)
        .where('status', 'not in', ['done', 'failed'])
        .executeTakeFirst();
      if (updated.numUpdatedRows === 0n) throw new Error('The account was scanned by another job meanwhile.');
      for (const [event, moved] of [
        [findingsOpened, merged.opened],
        [findingsReopened, merged.reopened],
        [findingsExpired, merged.expired],
      ] as const) {
        const payload = movedOf(key, moved, result.exchange.currency);
        if (payload !== null) await events.publish(tx, event, { organizationId, ...payload });
      }
      // Given up meanwhile: nothing of this may be seen.
      if ((await scans.lock(tx, key.scanId)) === undefined) throw new Error('The scan has ended meanwhile.');
      await scans.closeIfDone(tx, key, key.scanId);
    });
  }
}

function messageFor(account: AccountFacts, problems: MetricProblems): string | null {
  const [first] = problems;
  if (first === undefined) return null;
  const [region, problem] = first;
  const others = problems.size > 1 ? ` and ${problems.size - 1} more regions` : '';
  return `Metrics of ${account.name} could not be read in ${region}${others}: ${problem.message}`.slice(
    0,
    500,
  );
}
