import type { AuditEntry, AuditOutcome } from '@cloudatlas/contracts/audit';
import { Bot, CircleUserRound, KeyRound, LifeBuoy, UserRound, type LucideIcon } from 'lucide-react';
import { useT } from '@/app/i18n.ts';
import { Badge, type Tone } from '@/ui/badge.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { RelativeTime } from '@/ui/values.tsx';
import { useActionName } from './action-name.ts';

export const outcomeTones: Record<AuditOutcome, Tone> = { success: 'ok', failure: 'warn', denied: 'danger' };

const actorIcons: Record<AuditEntry['actor']['kind'], LucideIcon> = {
  user: UserRound,
  api_key: KeyRound,
  staff: LifeBuoy,
  system: Bot,
  anonymous: CircleUserRound,
};

/** The actor with an icon of its kind. */
export function Actor({ actor }: { actor: AuditEntry['actor'] }) {
  const t = useT('audit');
  const Icon = actorIcons[actor.kind];
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Icon aria-label={t(`actor.${actor.kind}`)} className="size-3.5 shrink-0 text-ink-3" />
      <span className="truncate">{actor.label}</span>
    </span>
  );
}

/** Columns of the activity table; the server decides the order. */
export function useActivityColumns(): readonly Column<AuditEntry>[] {
  const t = useT('audit');
  const actionName = useActionName();
  return [
    {
      id: 'at',
      header: t('column.at'),
      width: '7.25rem',
      sortable: false,
      value: (entry) => entry.at,
      cell: (entry) => <RelativeTime at={entry.at} className="text-ink-2" />,
    },
    {
      id: 'action',
      header: t('column.action'),
      fixed: true,
      sortable: false,
      value: (entry) => entry.action,
      cell: (entry) => <span className="font-medium">{actionName(entry.action)}</span>,
    },
    {
      id: 'target',
      header: t('column.target'),
      from: 'md',
      sortable: false,
      value: (entry) => entry.target?.label ?? entry.target?.id ?? null,
      cell: (entry) => <span className="text-ink-2">{entry.target?.label ?? entry.target?.id ?? '–'}</span>,
    },
    {
      id: 'actor',
      header: t('column.actor'),
      from: 'sm',
      sortable: false,
      value: (entry) => entry.actor.label,
      cell: (entry) => <Actor actor={entry.actor} />,
    },
    {
      id: 'outcome',
      header: t('column.outcome'),
      width: '6.5rem',
      sortable: false,
      value: (entry) => entry.outcome,
      cell: (entry) => (
        <Badge tone={outcomeTones[entry.outcome]} dot>
          {t(`outcome.${entry.outcome}`)}
        </Badge>
      ),
    },
    {
      id: 'provider',
      header: t('column.provider'),
      from: 'lg',
      width: '7rem',
      hidden: true,
      sortable: false,
      value: (entry) => entry.provider,
      cell: (entry) => entry.provider ?? '–',
    },
    {
      id: 'ip',
      header: t('column.ip'),
      from: 'lg',
      width: '9rem',
      sortable: false,
      value: (entry) => entry.ip,
      cell: (entry) => <span className="num text-ink-2">{entry.ip ?? '–'}</span>,
    },
  ];
}
