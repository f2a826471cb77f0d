/** Recommendations, scans, rules, actions and policies of a workspace: reads and writes. */
import type {
  ActionDetail,
  ActionPlanView,
  ActionRow,
  ApplyBody,
  ApprovalSettings,
  AutomationPolicy,
  AutomationPolicyBody,
  BulkApplyBody,
  BulkPreview,
  BulkResult,
  RealisedSavings,
} from '@cloudatlas/contracts/finops-actions';
import type {
  DiagnosticRow,
  DismissBody,
  RecommendationDetail,
  RecommendationRow,
  RuleBody,
  RuleView,
  SavingsSettings,
  SavingsSummary,
  Scan,
} from '@cloudatlas/contracts/finops';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '@/app/api.ts';
import { workspaceKey, workspaceUrl, type WorkspacePlace } from '@/features/accounts/queries.ts';

export type ActionView = z.infer<typeof ActionDetail>;
export type ActionStep = ActionView['steps'][number];
export type PlanView = z.infer<typeof ActionPlanView>;
export type PolicyInput = z.input<typeof AutomationPolicyBody>;
export type Realised = z.infer<typeof RealisedSavings>;

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}
interface RecommendationPageView extends Page<RecommendationRow> {
  total: number;
  hidden: number;
}

/** Address below the workspace's savings. */
const finopsUrl = (place: WorkspacePlace, ...segments: string[]): string =>
  workspaceUrl(place, 'finops', ...segments);
/** Address of the saved filters of the savings page. */
export const viewsUrl = (place: WorkspacePlace): string => finopsUrl(place, 'views');
/** First part of the keys of everything about savings. */
export const savingsKey = (place: WorkspacePlace, ...parts: string[]) =>
  workspaceKey(place, 'finops', ...parts);

/** How often a running scan or action is asked for. */
export const lookEveryMs = 1500;

/** Findings that match a query string of the savings page, page by page. */
export const recommendationsQuery = (place: WorkspacePlace, search: string, pageSize = 100) =>
  infiniteQueryOptions({
    queryKey: savingsKey(place, 'recommendations', 'list', search, String(pageSize)),
    queryFn: ({ signal, pageParam }) => {
      const params = new URLSearchParams(search);
      params.set('limit', String(pageSize));
      if (pageParam !== null) params.set('cursor', pageParam);
      return call<RecommendationPageView>(
        'GET',
        `${finopsUrl(place, 'recommendations')}?${params.toString()}`,
        { signal },
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

export const summaryQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: savingsKey(place, 'recommendations', 'summary'),
    queryFn: ({ signal }) =>
      call<SavingsSummary>('GET', finopsUrl(place, 'recommendations', 'summary'), { signal }),
  });

export const recommendationQuery = (place: WorkspacePlace, id: string) =>
  queryOptions({
    queryKey: savingsKey(place, 'recommendations', 'one', id),
    queryFn: ({ signal }) =>
      call<RecommendationDetail>('GET', finopsUrl(place, 'recommendations', id), { signal }),
  });

/** The exact calls of applying, without making any; may ask the provider for a dry run. */
export const planQuery = (place: WorkspacePlace, id: string) =>
  queryOptions({
    queryKey: savingsKey(place, 'recommendations', 'one', id, 'plan'),
    queryFn: ({ signal }) =>
      call<PlanView>('GET', finopsUrl(place, 'recommendations', id, 'plan'), { signal }),
    retry: false,
  });

/** The newest scans, newest first. */
export const scansQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: savingsKey(place, 'scans'),
    queryFn: async ({ signal }) =>
      (await call<Page<Scan>>('GET', finopsUrl(place, 'scans'), { query: { limit: 10 }, signal })).items,
  });

export const rulesQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: savingsKey(place, 'rules'),
    queryFn: async ({ signal }) =>
      (await call<{ items: RuleView[] }>('GET', finopsUrl(place, 'rules'), { signal })).items,
  });

export const savingsSettingsQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: savingsKey(place, 'settings'),
    queryFn: ({ signal }) => call<SavingsSettings>('GET', finopsUrl(place, 'settings'), { signal }),
  });

export const diagnosticsQuery = (place: WorkspacePlace, search: string) =>
  infiniteQueryOptions({
    queryKey: savingsKey(place, 'diagnostics', search),
    queryFn: ({ signal, pageParam }) => {
      const params = new URLSearchParams(search);
      params.set('limit', '200');
      if (pageParam !== null) params.set('cursor', pageParam);
      return call<Page<DiagnosticRow>>('GET', `${finopsUrl(place, 'diagnostics')}?${params.toString()}`, {
        signal,
      });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

export interface ActionFilters {
  status?: string | undefined;
  resource?: string | undefined;
  recommendation?: string | undefined;
}
export const actionsQuery = (place: WorkspacePlace, filters: ActionFilters) =>
  infiniteQueryOptions({
    queryKey: [...savingsKey(place, 'actions', 'list'), filters],
    queryFn: ({ signal, pageParam }) =>
      call<Page<ActionRow>>('GET', finopsUrl(place, 'actions'), {
        query: { ...filters, limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

export const actionQuery = (place: WorkspacePlace, id: string) =>
  queryOptions({
    queryKey: savingsKey(place, 'actions', 'one', id),
    queryFn: ({ signal }) => call<ActionView>('GET', finopsUrl(place, 'actions', id), { signal }),
  });

export const realisedQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: savingsKey(place, 'actions', 'realised'),
    queryFn: ({ signal }) => call<Realised>('GET', finopsUrl(place, 'realised'), { signal }),
  });

/** Which actions wait for another person: none, those that only come back with a new id or not at all, or all. */
export const approvalModes = ['none', 'restorable', 'all'] as const;
export type ApprovalMode = (typeof approvalModes)[number];
export const approvalQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: savingsKey(place, 'approval'),
    queryFn: ({ signal }) => call<ApprovalSettings>('GET', finopsUrl(place, 'approval'), { signal }),
  });

export const policiesQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: savingsKey(place, 'policies'),
    queryFn: async ({ signal }) =>
      (await call<{ items: AutomationPolicy[] }>('GET', finopsUrl(place, 'policies'), { signal })).items,
  });

/** Address of all matching findings as a file. */
export function exportUrl(
  place: WorkspacePlace,
  format: 'csv' | 'pdf',
  search: string,
  locale: string,
): string {
  const params = new URLSearchParams(search);
  if (format === 'pdf') params.set('locale', locale);
  return `${finopsUrl(place, 'recommendations', `export.${format}`)}?${params.toString()}`;
}

/** Writes; callers invalidate what they changed. */
export const savingsApi = {
  scan: (place: WorkspacePlace) => call<Scan>('POST', finopsUrl(place, 'scans')),
  dismiss: (place: WorkspacePlace, id: string, body: z.input<typeof DismissBody>) =>
    call<RecommendationDetail>('POST', finopsUrl(place, 'recommendations', id, 'dismiss'), { body }),
  reopen: (place: WorkspacePlace, id: string) =>
    call<RecommendationDetail>('POST', finopsUrl(place, 'recommendations', id, 'reopen')),
  assign: (place: WorkspacePlace, id: string, userId: string | null) =>
    call<RecommendationDetail>('POST', finopsUrl(place, 'recommendations', id, 'assign'), {
      body: { userId },
    }),
  apply: (place: WorkspacePlace, id: string, body: z.input<typeof ApplyBody>) =>
    call<ActionView>('POST', finopsUrl(place, 'recommendations', id, 'apply'), { body }),
  undo: (place: WorkspacePlace, actionId: string) =>
    call<ActionView>('POST', finopsUrl(place, 'actions', actionId, 'undo')),
  decide: (place: WorkspacePlace, actionId: string, decision: 'approve' | 'reject', note: string) =>
    call<ActionView>('POST', finopsUrl(place, 'actions', actionId, decision), { body: { note } }),
  withdraw: (place: WorkspacePlace, actionId: string) =>
    call<ActionView>('POST', finopsUrl(place, 'actions', actionId, 'withdraw')),
  previewBulk: (place: WorkspacePlace, recommendationIds: string[]) =>
    call<BulkPreview>('POST', finopsUrl(place, 'bulk', 'preview'), { body: { recommendationIds } }),
  applyBulk: (place: WorkspacePlace, body: z.input<typeof BulkApplyBody>) =>
    call<z.infer<typeof BulkResult>>('POST', finopsUrl(place, 'bulk', 'apply'), { body }),
  changeRule: (place: WorkspacePlace, id: string, body: z.input<typeof RuleBody>) =>
    call<RuleView>('PATCH', finopsUrl(place, 'rules', id), { body }),
  saveSettings: (place: WorkspacePlace, body: SavingsSettings) =>
    call<SavingsSettings>('PUT', finopsUrl(place, 'settings'), { body }),
  saveApproval: (place: WorkspacePlace, body: ApprovalSettings) =>
    call<ApprovalSettings>('PUT', finopsUrl(place, 'approval'), { body }),
  createPolicy: (place: WorkspacePlace, body: PolicyInput) =>
    call<AutomationPolicy>('POST', finopsUrl(place, 'policies'), { body }),
  updatePolicy: (place: WorkspacePlace, id: string, body: PolicyInput) =>
    call<AutomationPolicy>('PATCH', finopsUrl(place, 'policies', id), { body }),
  removePolicy: (place: WorkspacePlace, id: string) =>
    call<undefined>('DELETE', finopsUrl(place, 'policies', id)),
};
