import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { Button, IconButton } from './button.tsx';
import { Select } from './select.tsx';

interface OffsetPaginationProps {
  /** Index of the first row shown, from 0. */
  offset: number;
  limit: number;
  total: number;
  onOffset: (offset: number) => void;
  onLimit?: (limit: number) => void;
}

/** Pages by number, for lists whose total is known. */
export function OffsetPagination({ offset, limit, total, onOffset, onLimit }: OffsetPaginationProps) {
  const t = useT('ui');
  const format = useFormat();
  const first = total === 0 ? 0 : offset + 1;
  const last = Math.min(offset + limit, total);
  return (
    <nav
      aria-label={t('pagination.label')}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 text-xs text-ink-2"
    >
      <span className="num">
        {t('pagination.range', {
          first: format.number(first),
          last: format.number(last),
          total: format.number(total),
        })}
      </span>
      <span className="ml-auto flex items-center gap-2">
        {onLimit === undefined ? null : (
          <Select
            dense
            className="w-28"
            aria-label={t('pagination.perPage')}
            value={String(limit)}
            onChange={(event) => onLimit(Number(event.target.value))}
            options={[25, 50, 100, 200].map((size) => ({
              value: String(size),
              label: t('pagination.size', { size }),
            }))}
          />
        )}
        <IconButton
          variant="secondary"
          size="sm"
          label={t('pagination.previous')}
          disabled={offset === 0}
          onClick={() => onOffset(Math.max(0, offset - limit))}
        >
          <ChevronLeft />
        </IconButton>
        <IconButton
          variant="secondary"
          size="sm"
          label={t('pagination.next')}
          disabled={last >= total}
          onClick={() => onOffset(offset + limit)}
        >
          <ChevronRight />
        </IconButton>
      </span>
    </nav>
  );
}

interface LoadMoreProps {
  shown: number;
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}

/** Further pages by cursor, appended to what is shown. */
export function LoadMore({ shown, hasMore, loading, onMore }: LoadMoreProps) {
  const t = useT('ui');
  const format = useFormat();
  return (
    <div className="flex items-center justify-between gap-4 text-xs text-ink-2">
      <span className="num">{t('pagination.shown', { count: shown, formatted: format.number(shown) })}</span>
      {hasMore ? (
        <Button size="sm" loading={loading} onClick={onMore}>
          {t('pagination.more')}
        </Button>
      ) : null}
    </div>
  );
}
