import { createRequire } from 'node:module';
import PdfDocument from 'pdfkit';

const require = createRequire(import.meta.url);
/** DejaVu Sans covers Latin, Greek and Cyrillic; what is used of it is embedded. */
const regular = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
const bold = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');

const margin = 48;
const rowHeight = 17;
const chartHeight = 130;
const footerHeight = 30;
const ink = { text: '#1a2233', muted: '#5b6577', line: '#d5dae3', bar: '#2f6fde', head: '#eef2f8' };

export interface DocumentColumn {
  title: string;
  /** Share of the page's width. */
  width: number;
  align: 'left' | 'right';
}

/** What is known about a document before its first line. */
export interface DocumentInfo {
  title: string;
  author: string;
  locale: string;
  at: Date;
}

/**
 * A document on A4 pages and its pen: everything is written below what was written before, on a new page where it does
 * not fit. `end` gives the stream of its bytes.
 */
export class DocumentWriter {
  readonly #document: PDFKit.PDFDocument;
  readonly #locale: string;

  constructor({ title, author, locale, at }: DocumentInfo) {
    this.#document = new PdfDocument({
      size: 'A4',
      margins: { top: margin, left: margin, right: margin, bottom: margin + footerHeight },
      bufferPages: true,
      font: regular,
      lang: locale,
      info: { Title: title, Author: author, CreationDate: at },
    });
    this.#document.registerFont('regular', regular);
    this.#document.registerFont('bold', bold);
    this.#locale = locale;
  }

  /** Numbers the pages and closes the document. @param words `Page` and `of` in its language */
  end(words: { page: string; of: string }): AsyncIterable<Uint8Array> {
    this.#number(words);
    this.#document.end();
    return this.#document;
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

  table(columns: readonly DocumentColumn[], rows: readonly (readonly string[])[]): void {
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

  #row(columns: readonly DocumentColumn[], cells: readonly string[], head: boolean): void {
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
  #number(words: { page: string; of: string }): void {
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
        .text(`${words.page} ${i + 1} ${words.of} ${count}`, margin, y, {
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
