/** Resources of a tenant with what Microsoft Graph tells of them. */
import type { ResourceTablePage } from '@cloudatlas/contracts/inventory';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '@/app/api.ts';
import { workspaceKey, workspaceUrl, type WorkspacePlace } from '@/features/accounts/queries.ts';

type Page = z.infer<typeof ResourceTablePage>;
export type Row = Page['items'][number];

export const provider = 'm365';
export const types = {
  user: 'm365.users.user',
  subscription: 'm365.licensing.subscription',
  group: 'm365.groups.group',
  team: 'm365.teams.team',
  score: 'm365.security.score',
  control: 'm365.security.control',
} as const;

export interface TableQuestion {
  type: readonly string[];
  attribute?: readonly string[];
  where?: readonly string[];
  account?: string | undefined;
  q?: string | undefined;
  state?: string | undefined;
  sort?: string;
}

const pageSize = 200;
/** Pages that are read for a list shown whole, or a file: ten thousand rows. */
const mostPages = 50;

function ask(
  place: WorkspacePlace,
  question: TableQuestion,
  limit: number,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Page> {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(question)) {
    if (typeof value === 'string') {
      if (value !== '') params.set(name, value);
    } else for (const one of (value as readonly string[] | undefined) ?? []) params.append(name, one);
  }
  params.set('limit', String(limit));
  if (cursor !== null) params.set('cursor', cursor);
  return call<Page>('GET', `${workspaceUrl(place, 'resources', 'table')}?${params.toString()}`, { signal });
}

const keyOf = (place: WorkspacePlace, ...more: string[]) =>
  workspaceKey(place, 'resources', 'table', ...more);

/** Rows page by page, for lists of any length. */
export const rowsQuery = (place: WorkspacePlace, question: TableQuestion) =>
  infiniteQueryOptions({
    queryKey: keyOf(place, 'pages', JSON.stringify(question)),
    queryFn: ({ signal, pageParam }) => ask(place, question, pageSize, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

/** All rows, for lists that are short by nature. */
export const allRowsQuery = (place: WorkspacePlace, question: TableQuestion) =>
  queryOptions({
    queryKey: keyOf(place, 'all', JSON.stringify(question)),
    queryFn: ({ signal }) => readAll(place, question, signal),
    placeholderData: keepPreviousData,
  });

/** How many there are. */
export const countQuery = (place: WorkspacePlace, question: TableQuestion) =>
  queryOptions({
    queryKey: keyOf(place, 'count', JSON.stringify(question)),
    queryFn: async ({ signal }) => (await ask(place, question, 1, null, signal)).total,
    placeholderData: keepPreviousData,
  });

/** Every row of the answer, up to ten thousand. */
export async function readAll(
  place: WorkspacePlace,
  question: TableQuestion,
  signal: AbortSignal,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const answer: Page = await ask(place, question, pageSize, cursor, signal);
    rows.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return rows;
}
