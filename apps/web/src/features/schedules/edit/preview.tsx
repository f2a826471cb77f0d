import { useQuery } from '@tanstack/react-query';
import { useT } from '@/app/i18n.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { Notice } from '@/ui/form.tsx';
import { previewQuery } from '../queries.ts';
import { useScheduleWords } from '../words.ts';
import { previewBody, type Draft } from './draft.ts';
import { useSettled } from './use-settled.ts';

const shown = 3;

/** When the draft would run, on both clocks, and what stands in its way. */
export function Preview({ draft }: { draft: Draft }) {
  const t = useT('schedules');
  const words = useScheduleWords();
  const place = useWorkspacePlace();
  const body = previewBody(draft);
  const asked = useSettled(body, JSON.stringify(body));
  const { data } = useQuery({
    ...previewQuery(place, asked ?? emptyBody),
    enabled: asked !== null,
  });
  if (data === undefined || asked === null) return null;
  const unfit = data.resources.filter(({ supported, excluded, gone }) => !supported || excluded || gone);
  return (
    <div className="flex flex-col gap-2" aria-live="polite">
      {data.occurrences.length === 0 ? (
        <Notice tone="warn">{t('preview.never')}</Notice>
      ) : (
        <div className="rounded-md bg-sunken px-3 py-2">
          <p className="text-xs text-ink-3">
            {draft.kind === 'pair' ? t('preview.starts') : t('preview.runs')}
            {draft.tags.length === 0 ? null : ` ${t('preview.matches', { count: data.resources.length })}`}
          </p>
          <ul className="mt-1 flex flex-col gap-0.5">
            {data.occurrences.slice(0, shown).map((occurrence) => (
              <li key={occurrence.at} className="flex flex-wrap items-baseline gap-x-3">
                <span className={occurrence.holiday === null ? 'num' : 'num text-ink-3 line-through'}>
                  {words.wall(occurrence.local)}
                </span>
                <span className="num text-xs text-ink-3">{words.utc(occurrence.at)}</span>
                {occurrence.holiday === null ? null : <Badge>{occurrence.holiday}</Badge>}
              </li>
            ))}
          </ul>
        </div>
      )}
      {unfit.length === 0 ? null : (
        <Notice tone="warn">{t('preview.unfit', { count: unfit.length, name: unfit[0]?.name ?? '' })}</Notice>
      )}
    </div>
  );
}

/** Never sent: the query is off while there is nothing to ask. */
const emptyBody: NonNullable<ReturnType<typeof previewBody>> = {
  operation: 'start',
  targets: { resourceIds: [], tags: [] },
  recurrence: { kind: 'daily' },
  time: '00:00',
  timeZone: 'UTC',
};
