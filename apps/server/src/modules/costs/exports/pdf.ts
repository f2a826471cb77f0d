import { createRequire } from 'node:module';
import type { CostAnswer, CostGroup } from '@cloudatlas/contracts/costs';
import PdfDocument from 'pdfkit';
import { addDays } from '../query/question.ts';
import { words, type Words } from './words.ts';

const require = createRequire(import.meta.url);
/** DejaVu Sans covers Latin, Greek and Cyrillic; what is used of it is embedded. */
const regular = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
const bold = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');

const margin = 48;
const rowHeight = 17;
const chartHeight = 130;
const footerHeight = 30;
const maxBuckets = 60;
const ink = { text: '#1a2233', muted: '#5b6577', line: '#d5dae3', bar: '#2f6fde', head: '#eef2f8' };

export interface DocumentFacts {
  organization: string;
  workspace: string;
  locale: 'en' | 'pt-BR';
  at: Date;
}

interface Column {
  title: string;
  width: number;
  align: 'left' | 'right';
}

/** Sets a cost document on A4 pages, as a stream of its bytes. */
export function costDocument(answer: CostAnswer, facts: DocumentFacts): AsyncIterable<Uint8Array> {
  const text = words[facts.locale];
  const document = new PdfDocument({
    size: 'A4',
    margins: { top: margin, left: margin, right: margin, bottom: margin + footerHeight },
    bufferPages: true,
    font: regular,
    lang: facts.locale,
    info: {
      Title: `${text.title}, ${facts.organization}`,
      Author: facts.organization,
      CreationDate: facts.at,
    },
  });
  document.registerFont('regular', regular);
  document.registerFont('bold', bold);
  const page = new Page(document, facts.locale);
  heading(page, answer, facts, text);
  if (answer.totals.length === 0) page.line(text.none);
  for (const total of answer.totals) section(page, answer, total, text);
  page.number(text);
  document.end();
  return document;
}

function heading(page: Page, answer: CostAnswer, facts: DocumentFacts, text: Words): void {
  page.title(text.title);
  page.line(`${facts.organization} · ${facts.workspace}`, 'muted');
  page.line(
    `${text.period}: ${page.day(answer.period.from)} ${text.to} ${page.day(addDays(answer.period.to, -1))} · ${text.metric[answer.metric]}`,
  );
  page.line(`${text.made} ${facts.at.toISOString().slice(0, 16).replace('T', ' ')} UTC`, 'muted');
  if (answer.completeThrough !== null && answer.completeThrough < addDays(answer.period.to, -1))
    page.line(`${text.complete} ${page.day(answer.completeThrough)}`, 'muted');
}

/** What there is to say in one currency: totals, chart, groups, buckets. */
function section(page: Page, answer: CostAnswer, total: CostGroup, text: Words): void {
  const { currency } = total;
  page.gap();
  page.heading(`${text.total}: ${page.money(total.total, currency)}`);
  if (total.previous !== null && answer.compare !== null) {
    const before = `${page.day(answer.compare.from)} ${text.to} ${page.day(addDays(answer.compare.to, -1))}`;
    page.line(
      `${text.previous} (${before}): ${page.money(total.previous, currency)} · ${text.change}: ${page.change(total.total, total.previous)}`,
      'muted',
    );
  }
  if (answer.grain !== 'total' && total.series.length > 1) {
    page.subheading(text.overTime);
    page.bars(total.series.slice(-maxBuckets * 7), currency);
  }
  const groups = answer.groups.filter((group) => group.currency === currency);
  if (answer.groupBy.length > 0) {
    page.subheading(
      `${text.by} ${answer.groupBy.map((dimension) => dimensionName(dimension, text)).join(', ')}`,
    );
    const rest = answer.rest.filter((group) => group.currency === currency);
    const rows = [
      ...groups.map(
        (group) => [group.labels.map((label) => label ?? text.noValue).join(' · '), group] as const,
      ),
      ...rest.map((group) => [text.rest, group] as const),
    ];
    page.table(
      [
        { title: '', width: 0.4, align: 'left' },
        { title: text.total, width: 0.22, align: 'right' },
        { title: text.share, width: 0.13, align: 'right' },
        { title: text.previous, width: 0.25, align: 'right' },
      ],
      rows.map(([name, group]) => [
        name,
        page.money(group.total, currency),
        page.percent(Number(group.total), Number(total.total)),
        group.previous === null ? '' : page.money(group.previous, currency),
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

function dimensionName(dimension: string, text: Words): string {
  return dimension.startsWith('tag:')
    ? dimension.slice(4)
    : (text.dimensions[dimension as keyof Words['dimensions']] ?? dimension);
}

/** A page with a pen: everything is written below what was written before, on a new page where it does not fit. */
class Page {
  readonly #document: PDFKit.PDFDocument;
  readonly #locale: string;

  constructor(document: PDFKit.PDFDocument, locale: string) {
    this.#document = document;
    this.#locale = locale;
  }

  get #width(): number {
    return this.#document.page.width - 2 * margin;
  }

  #room(height: number): void {
    const { page, y } = this.#document;
    if (y + height > page.height - margin - footerHeight) this.#document.addPage();
  }

  #write(text: string, font: 'regular' | 'bold', size: number, colour: string): void {
    this.#room(size * 2);
    this.#document
      .font(font)
      .fontSize(size)
      .fillColor(colour)
      .text(printable(text), margin, this.#document.y, { width: this.#width });
  }

  title(text: string): void {
    this.#write(text, 'bold', 20, ink.text);
    this.gap(4);
  }

  heading(text: string): void {
    this.#write(text, 'bold', 14, ink.text);
    this.gap(2);
  }

  subheading(text: string): void {
    this.#room(60);
    this.gap(10);
    this.#write(text, 'bold', 10, ink.muted);
    this.gap(4);
  }

  line(text: string, colour: 'text' | 'muted' = 'text'): void {
    this.#write(text, 'regular', 9.5, ink[colour]);
    this.gap(2);
  }

  gap(height = 14): void {
    this.#document.y += height;
  }

  /** Bars of a series with its highest amount and first and last day beside them. */
  bars(series: readonly { bucket: string; amount: string }[], currency: string): void {
    this.#room(chartHeight + 20);
    const document = this.#document;
    const top = document.y;
    const values = series.map(({ amount }) => Number(amount));
    const high = Math.max(...values, 0);
    const low = Math.min(...values, 0);
    const span = high - low || 1;
    const zero = top + (chartHeight * high) / span;
    const step = this.#width / values.length;
    for (const [i, value] of values.entries()) {
      const height = (Math.abs(value) / span) * chartHeight;
      document
        .rect(margin + i * step + step * 0.1, value >= 0 ? zero - height : zero, step * 0.8, height)
        .fill(ink.bar);
    }
    document
      .moveTo(margin, zero)
      .lineTo(margin + this.#width, zero)
      .lineWidth(0.5)
      .stroke(ink.line);
    const label = { width: this.#width, lineBreak: false } as const;
    document.font('regular').fontSize(7.5).fillColor(ink.muted);
    document.text(`max ${this.money(String(high), currency)}`, margin, top - 10, {
      ...label,
      align: 'right',
    });
    document.text(this.day(series[0]?.bucket ?? ''), margin, top + chartHeight + 4, label);
    document.text(this.day(series.at(-1)?.bucket ?? ''), margin, top + chartHeight + 4, {
      ...label,
      align: 'right',
    });
    document.y = top + chartHeight + 18;
  }

  table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
    this.#row(
      columns,
      columns.map(({ title }) => title),
      true,
    );
    for (const row of rows) {
      const before = this.#document.bufferedPageRange().count;
      this.#room(rowHeight);
      // The head again on a page that goes on.
      if (this.#document.bufferedPageRange().count > before)
        this.#row(
          columns,
          columns.map(({ title }) => title),
          true,
        );
      this.#row(columns, row, false);
    }
  }

  #row(columns: readonly Column[], cells: readonly string[], head: boolean): void {
    this.#room(rowHeight);
    const document = this.#document;
    const top = document.y;
    if (head) document.rect(margin, top, this.#width, rowHeight).fill(ink.head);
    let left = margin;
    document
      .font(head ? 'bold' : 'regular')
      .fontSize(8.5)
      .fillColor(ink.text);
    for (const [i, column] of columns.entries()) {
      const width = column.width * this.#width;
      document.text(printable(cells[i] ?? ''), left + 4, top + 4, {
        width: width - 8,
        height: rowHeight - 6,
        align: column.align,
        ellipsis: true,
        lineBreak: true,
      });
      left += width;
    }
    document
      .moveTo(margin, top + rowHeight)
      .lineTo(margin + this.#width, top + rowHeight)
      .lineWidth(0.4)
      .stroke(ink.line);
    document.y = top + rowHeight;
  }

  /** Writes "page n of m" on every page. */
  number(text: Words): void {
    const { start, count } = this.#document.bufferedPageRange();
    for (let i = start; i < start + count; i += 1) {
      this.#document.switchToPage(i);
      const y = this.#document.page.height - margin;
      // Writing below the margin would begin another page.
      this.#document.page.margins.bottom = 0;
      this.#document
        .font('regular')
        .fontSize(8)
        .fillColor(ink.muted)
        .text(`${text.page} ${i + 1} ${text.of} ${count}`, margin, y, {
          width: this.#width,
          align: 'center',
          lineBreak: false,
        });
    }
  }

  /** Rounded to what the currency is written with; sums are made before this and not from it. */
  money(amount: string, currency: string): string {
    return new Intl.NumberFormat(this.#locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'code',
    }).format(amount as Intl.StringNumericLiteral);
  }

  percent(part: number, whole: number): string {
    return whole === 0
      ? '–'
      : new Intl.NumberFormat(this.#locale, { style: 'percent', maximumFractionDigits: 1 }).format(
          part / whole,
        );
  }

  change(now: string, before: string): string {
    if (Number(before) === 0) return '–';
    return new Intl.NumberFormat(this.#locale, {
      style: 'percent',
      maximumFractionDigits: 1,
      signDisplay: 'exceptZero',
    }).format(Number(now) / Number(before) - 1);
  }

  day(day: string): string {
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) return day;
    return new Intl.DateTimeFormat(this.#locale, { timeZone: 'UTC', dateStyle: 'medium' }).format(
      new Date(day),
    );
  }
}

/** Without control characters, and not longer than a line can show. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ').slice(0, 300);
}
