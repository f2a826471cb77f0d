import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CostAnswer, CostQuestion, CostGroup } from '@cloudatlas/contracts/costs';
import { csvLine } from '#platform/csv/csv.ts';
import type { Download } from '#platform/http/route.ts';
import { FOCUS_COLUMNS } from '../focus/columns.ts';
import { exportLineItems } from '../query/lineItems.ts';
import { daysOf } from '../questions/period.ts';
import type { Questions } from '../questions/questions.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { Data } from '../store/data.ts';
import { asked } from '../store/errors.ts';
import { costDocument } from './pdf.ts';

/** Downloads of what a question answers. */
export function createExports(data: Data, questions: Questions) {
  return {
    /** One line per group and bucket. Texts are safe to open in a spreadsheet, amounts are exact. */
    async csv(scope: WorkspaceRef, question: CostQuestion, signal: AbortSignal): Promise<Download> {
      const answer = await questions.answer(scope, question, signal);
      return { filename: `costs-${answer.period.from}-${answer.period.to}.csv`, body: lines(answer) };
    },

    /** The line items of the question's period and filters in FOCUS columns, in the currencies they were billed in. */
    async focus(
      scope: WorkspaceRef,
      question: CostQuestion,
      format: 'csv' | 'parquet',
      signal: AbortSignal,
    ): Promise<Download> {
      const { today } = await data.freshness(scope);
      const period = daysOf(question.period, today);
      const { store } = await data.lake.forPages();
      const folder = await mkdtemp(path.join(tmpdir(), 'atlas-focus-'));
      const target = path.join(folder, `export.${format}`);
      try {
        await asked(() =>
          exportLineItems(
            store,
            data.manifest(scope),
            { ...period, filters: question.filters },
            { columns: FOCUS_COLUMNS, format, target },
            { organizationId: scope.organizationId, signal },
          ),
        );
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
      return { filename: `focus-${period.from}-${period.to}.${format}`, body: fileThenGone(target, folder) };
    },

    /** A document to send to finance. */
    async pdf(
      scope: WorkspaceRef,
      question: CostQuestion,
      about: { organization: string; workspace: string; locale: 'en' | 'pt-BR'; at: Date },
      signal: AbortSignal,
    ): Promise<Download> {
      const answer = await questions.answer(
        scope,
        { ...question, compare: question.compare ?? 'previous' },
        signal,
      );
      const labelOf = await questions.labels(scope);
      const filters = question.filters.map((filter) => ({
        ...filter,
        values: filter.values.map((value) => labelOf(filter.dimension, value)),
      }));
      return {
        filename: `costs-${answer.period.from}-${answer.period.to}.pdf`,
        body: costDocument(answer, { ...about, filters, converted: question.currency }),
      };
    },
  };
}

export type Exports = ReturnType<typeof createExports>;

async function* lines(answer: CostAnswer): AsyncIterable<string> {
  yield csvLine([...answer.groupBy, 'bucket', 'currency', answer.metric]);
  const kinds: [string | undefined, readonly CostGroup[]][] =
    answer.groupBy.length === 0
      ? [[undefined, answer.totals]]
      : [
          [undefined, answer.groups],
          ['(rest)', answer.rest],
        ];
  for (const [name, groups] of kinds) {
    for (const group of groups) {
      const labels = answer.groupBy.map((_, i) => name ?? group.labels[i] ?? '');
      for (const { bucket, amount } of group.series)
        yield `${csvLine([...labels, bucket, group.currency]).trimEnd()},${amount}\r\n`;
    }
  }
}

async function* fileThenGone(file: string, folder: string): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of createReadStream(file)) yield chunk as Uint8Array;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
