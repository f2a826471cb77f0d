import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { Card } from '@/ui/card.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { useMicrosoft365Paths } from './paths.ts';
import type { SubscriptionRow } from './use-subscriptions.ts';

const shown = 8;

/** Assigned seats of the largest products. */
export function LicenceBars({ rows }: { rows: readonly SubscriptionRow[] | undefined }) {
  const t = useT('microsoft365');
  const format = useFormat();
  const to = useMicrosoft365Paths();
  return (
    <Card
      title={t('licences.use')}
      actions={
        <Link to={to.licences} className="font-medium text-accent-text hover:underline">
          {t('providers:all')}
        </Link>
      }
    >
      {rows === undefined ? <SkeletonLines lines={6} /> : null}
      <ul className="flex flex-col gap-3">
        {rows
          ?.filter(({ free }) => !free)
          .slice(0, shown)
          .map(({ row, facts }) => (
            <li key={row.id}>
              <span className="flex justify-between gap-4">
                <span className="truncate">{row.name}</span>
                <span className="num whitespace-nowrap text-ink-2">
                  {t('licences.ofSeats', {
                    assigned: format.number(facts.assigned),
                    bought: format.number(facts.bought),
                  })}
                </span>
              </span>
              <SeatBar facts={facts} />
            </li>
          ))}
      </ul>
    </Card>
  );
}

/** Assigned of bought seats as a bar; the words beside it say the same. */
export function SeatBar({ facts }: { facts: SubscriptionRow['facts'] }) {
  const share = facts.bought === 0 ? 0 : Math.min(1, facts.assigned / facts.bought);
  return (
    <span aria-hidden className="mt-1 block h-1.5 overflow-hidden rounded-full bg-warn-soft">
      <span className="block h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
    </span>
  );
}
