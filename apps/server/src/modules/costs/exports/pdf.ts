import type { CostAnswer, CostFilter, CostGroup } from '@cloudatlas/contracts/costs';
import { DocumentWriter } from '#platform/pdf/document.ts';
import { addDays } from '../query/question.ts';
import { words, type Words } from './words.ts';

const maxBuckets = 60;
/** A filter of more values tells how many there are besides. */
const maxNamed = 8;

export interface DocumentFacts {
  organization: string;
  workspace: string;
  locale: 'en' | 'pt-BR';
  at: Date;
  /** What the answer is limited to, with values as people know them. */
  filters: readonly CostFilter[];
  /** Currency that all amounts were converted into; absent: as billed. */
  converted: string | undefined;
}

/** Sets a cost document on A4 pages, as a stream of its bytes. */
export function costDocument(answer: CostAnswer, facts: DocumentFacts): AsyncIterable<Uint8Array> {
  const text = words[facts.locale];
  const page = new DocumentWriter({
    title: `${text.title}, ${facts.organization}`,
    author: facts.organization,
    locale: facts.locale,
    at: facts.at,
  });
  heading(page, answer, facts, text);
  if (answer.totals.length === 0) page.line(text.none);
  for (const total of answer.totals) section(page, answer, total, text);
  return page.end(text);
}

function heading(page: DocumentWriter, answer: CostAnswer, facts: DocumentFacts, text: Words): void {
  page.title(text.title);
  page.line(`${facts.organization} · ${facts.workspace}`, 'muted');
  page.line(
    `${text.period}: ${page.day(answer.period.from)} ${text.to} ${page.day(addDays(answer.period.to, -1))} · ${text.metric[answer.metric]}`,
  );
  for (const filter of facts.filters) page.line(filterText(filter, text));
  if (facts.converted !== undefined) page.line(text.converted(facts.converted), 'muted');
  const [madeOn = '', madeAt = ''] = facts.at.toISOString().split('T');
  page.line(`${text.made} ${page.day(madeOn)}, ${madeAt.slice(0, 5)} UTC`, 'muted');
  if (answer.completeThrough !== null && answer.completeThrough < addDays(answer.period.to, -1))
    page.line(`${text.complete} ${page.day(answer.completeThrough)}`, 'muted');
}

/** What there is to say in one currency: totals, chart, groups, buckets. */
function section(page: DocumentWriter, answer: CostAnswer, total: CostGroup, text: Words): void {
  const { currency } = total;
  page.gap();
  page.heading(`${text.total}: ${page.money(total.total, currency)}`);
  if (total.previous !== null && answer.compare !== null) {
    const before = `${page.day(answer.compare.from)} ${text.to} ${page.day(addDays(answer.compare.to, -1))}`;
    const now = total.comparable ?? total.total;
    // Some days may still grow: what is compared is not the total above.
    if (now !== total.total) page.line(`${text.comparable}: ${page.money(now, currency)}`, 'muted');
    page.line(
      `${text.previous} (${before}): ${page.money(total.previous, currency)} · ${text.change}: ${page.change(now, total.previous)}`,
      'muted',
    );
  }
  if (answer.grain !== 'total' && total.series.length > 1) {
    page.subheading(text.overTime);
    page.bars(total.series.slice(-maxBuckets * 7), currency);
  }
  const groups = answer.groups.filter((group) => group.currency === currency);
  if (answer.groupBy.length > 0) {
    const names = answer.groupBy.map((dimension) => dimensionName(dimension, text)).join(', ');
    page.subheading(`${text.by} ${names}`);
    const rest = answer.rest.filter((group) => group.currency === currency);
    const rows = [
      ...groups.map(
        (group) => [group.labels.map((label) => label ?? text.noValue).join(' · '), group] as const,
      ),
      ...rest.map((group) => [text.rest, group] as const),
    ];
    page.table(
      [
        { title: names, width: 0.34, align: 'left' },
        { title: text.total, width: 0.19, align: 'right' },
        { title: text.share, width: 0.15, align: 'right' },
        { title: text.previous, width: 0.2, align: 'right' },
        { title: text.change, width: 0.12, align: 'right' },
      ],
      rows.map(([name, group]) => [
        name,
        page.money(group.total, currency),
        page.percent(Number(group.total), Number(total.total)),
        group.previous === null ? '' : page.money(group.previous, currency),
        group.previous === null ? '' : page.change(group.comparable ?? group.total, group.previous),
      ]),
    );
  }
  if (answer.grain !== 'total' && total.series.length <= maxBuckets) {
    page.subheading(text.bucket[answer.grain]);
    page.table(
      [
        { title: text.bucket[answer.grain], width: 0.6, align: 'left' },
        { title: text.total, width: 0.4, align: 'right' },
      ],
      total.series.map(({ bucket, amount }) => [page.day(bucket), page.money(amount, currency)]),
    );
  }
}

/** A part is not to be taken for the whole: what was left out is on the first page. */
function filterText({ dimension, values, exclude }: CostFilter, text: Words): string {
  const named = values.slice(0, maxNamed).map((value) => value ?? text.noValue);
  const more = values.length - named.length;
  return `${exclude ? text.without : text.only} ${dimensionName(dimension, text)}: ${named.join(', ')}${more > 0 ? ` ${text.more(more)}` : ''}`;
}

function dimensionName(dimension: string, text: Words): string {
  return dimension.startsWith('tag:')
    ? dimension.slice(4)
    : (text.dimensions[dimension as keyof Words['dimensions']] ?? dimension);
}
