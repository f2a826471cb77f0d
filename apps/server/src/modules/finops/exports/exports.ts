import type { SavingsSummary } from '@cloudatlas/contracts/finops';
import type { Clock } from '#platform/clock/clock.ts';
import { csvLine } from '#platform/csv/csv.ts';
import type { Download } from '#platform/http/route.ts';
import { DocumentWriter } from '#platform/pdf/document.ts';
import type { RecommendationFilters } from '../recommendations/filters.ts';
import type { Recommendations } from '../recommendations/list.ts';
import { presentRow, titleOf, type ListedRecommendation, type Names } from '../recommendations/present.ts';
import type { Viewer } from '../recommendations/viewer.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import { words } from './words.ts';

export interface DocumentFacts {
  organization: string;
  workspace: string;
  locale: 'en' | 'pt-BR';
}

/** Rows of a document somebody reads; the table has all of them. */
const maxDocumentRows = 300;
const maxDocumentRules = 25;

/** Downloads of recommendations, with what the viewer's plan shows and nothing else. */
export function createExports(
  clock: Clock,
  recommendations: Recommendations,
  summarise: (scope: WorkspaceRef, signal: AbortSignal) => Promise<SavingsSummary>,
) {
  return {
    /** One line per recommendation, made while it is sent. Texts are safe to open in a spreadsheet. */
    csv(scope: WorkspaceRef, viewer: Viewer, filters: RecommendationFilters): Download {
      return {
        filename: `savings-${clock.now().toISOString().slice(0, 10)}.csv`,
        body: lines(recommendations, scope, viewer, filters),
      };
    },

    /** A document to send to whoever decides: the sums, and the largest findings. */
    async pdf(
      scope: WorkspaceRef,
      viewer: Viewer,
      filters: RecommendationFilters,
      facts: DocumentFacts,
      signal: AbortSignal,
    ): Promise<Download> {
      const summary = await summarise(scope, signal);
      const { total, hidden } = await recommendations.list(scope, viewer, {
        ...filters,
        sort: '-saving',
        limit: 1,
      });
      const rows: ListedRecommendation[] = [];
      for await (const page of recommendations.all(scope, viewer, filters)) {
        rows.push(...page.slice(0, maxDocumentRows - rows.length));
        if (rows.length >= maxDocumentRows) break;
      }
      const names = await recommendations.namesFor(scope, rows);
      const now = clock.now();
      return {
        filename: `savings-${now.toISOString().slice(0, 10)}.pdf`,
        body: savingsDocument(summary, { rows, total, hidden, names }, facts, now),
      };
    },
  };
}

export type Exports = ReturnType<typeof createExports>;

const csvHead = [
  'recommendation',
  'rule',
  'title',
  'category',
  'status',
  'priority',
  'provider',
  'account',
  'region',
  'resource_type',
  'resource_name',
  'resource_id',
  'currency',
  'monthly_saving',
  'monthly_saving_counted',
  'confidence',
  'effort',
  'restart',
  'undo_class',
  'action',
  'assignee',
  'first_seen',
  'last_seen',
];

async function* lines(
  recommendations: Recommendations,
  scope: WorkspaceRef,
  viewer: Viewer,
  filters: RecommendationFilters,
): AsyncIterable<string> {
  yield csvLine(csvHead);
  for await (const page of recommendations.all(scope, viewer, filters)) {
    const names = await recommendations.namesFor(scope, page);
    yield page.map((row) => line(row, names)).join('');
  }
}

function line(row: ListedRecommendation, names: Names): string {
  const shown = presentRow(row, names);
  const saving = shown.monthlySavingConverted ?? shown.monthlySaving;
  return csvLine([
    shown.id,
    shown.ruleId,
    shown.title.en,
    shown.category,
    shown.status,
    shown.priority,
    shown.provider,
    shown.accountName,
    shown.region,
    shown.resource.type,
    shown.resource.name,
    shown.resource.nativeId,
    saving?.currency ?? '',
    saving?.amount ?? '',
    row.counted_monthly,
    shown.confidence,
    shown.effort,
    shown.restart,
    shown.undoClass,
    shown.action ?? '',
    shown.assignee?.name ?? '',
    shown.firstSeenAt,
    shown.lastSeenAt,
  ]);
}

function savingsDocument(
  summary: SavingsSummary,
  found: { rows: readonly ListedRecommendation[]; total: number; hidden: number; names: Names },
  facts: DocumentFacts,
  at: Date,
): AsyncIterable<Uint8Array> {
  const text = words[facts.locale];
  const page = new DocumentWriter({
    title: `${text.title}, ${facts.organization}`,
    author: facts.organization,
    locale: facts.locale,
    at,
  });
  const money = (amount: string): string => page.money(amount, summary.currency);
  page.title(text.title);
  page.line(`${facts.organization} · ${facts.workspace}`, 'muted');
  page.line(`${text.made} ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`, 'muted');
  page.gap();
  page.heading(`${text.potential}: ${money(summary.potentialMonthly)}`);
  page.line(`${text.findings}: ${summary.open} · ${text.counted}`, 'muted');
  page.line(`${text.inForce}: ${money(summary.appliedMonthly)}`);
  page.line(`${text.realised}: ${money(summary.realisedTotal)}`);
  if (summary.projection !== null)
    page.line(
      `${text.projection} (${summary.projection.month}): ${money(summary.projection.monthEnd)} ${text.projected}, ${money(summary.projection.monthEndAfterActions)} ${text.afterActions}`,
    );
  if (summary.open === 0) page.line(text.none);
  else sums(page, summary, facts.locale);
  list(page, found, summary.currency, facts.locale);
  return page.end(text);
}

function sums(page: DocumentWriter, summary: SavingsSummary, locale: DocumentFacts['locale']): void {
  const text = words[locale];
  const amounts = [
    { title: text.count, width: 0.2, align: 'right' },
    { title: text.monthly, width: 0.3, align: 'right' },
  ] as const;
  page.subheading(text.byPriority);
  page.table(
    [{ title: text.priority, width: 0.5, align: 'left' }, ...amounts],
    summary.byPriority.map((group) => [
      text.priorities[group.priority],
      String(group.count),
      page.money(group.monthly, summary.currency),
    ]),
  );
  page.subheading(text.byRule);
  page.table(
    [{ title: text.finding, width: 0.5, align: 'left' }, ...amounts],
    summary.byRule
      .slice(0, maxDocumentRules)
      .map((group) => [
        group.title[locale],
        String(group.count),
        page.money(group.monthly, summary.currency),
      ]),
  );
}

function list(
  page: DocumentWriter,
  found: { rows: readonly ListedRecommendation[]; total: number; hidden: number; names: Names },
  currency: string,
  locale: DocumentFacts['locale'],
): void {
  const text = words[locale];
  if (found.rows.length === 0) return;
  page.subheading(text.list);
  page.table(
    [
      { title: text.finding, width: 0.34, align: 'left' },
      { title: text.resource, width: 0.24, align: 'left' },
      { title: text.account, width: 0.14, align: 'left' },
      { title: text.region, width: 0.12, align: 'left' },
      { title: text.monthly, width: 0.16, align: 'right' },
    ],
    found.rows.map((row) => [
      titleOf(row.rule_id)[locale],
      row.name,
      found.names.accounts.get(row.account_id) ?? '',
      row.region,
      row.monthly_converted === null ? '–' : page.money(row.monthly_converted, currency),
    ]),
  );
  const more = found.total - found.hidden - found.rows.length;
  if (more > 0) page.line(`${more} ${text.more}`, 'muted');
  if (found.hidden > 0) page.line(`${found.hidden} ${text.hidden}`, 'muted');
}
