import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { Badge } from '@/ui/badge.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { Money, RelativeTime } from '@/ui/values.tsx';
import { userFacts } from './facts.ts';
import type { Row } from './queries.ts';

/** What the server calls the columns it can sort by. */
export const userSorts: Readonly<Record<string, string>> = {
  name: 'name',
  department: '@department',
  signIn: '@signInActivity.lastSignInDateTime',
  licences: '@licences',
  mfa: '@mfa.registered',
  state: 'state',
  cost: 'cost',
};

export function useUserColumns(): readonly Column<Row>[] {
  const t = useT('microsoft365');
  const format = useFormat();
  const to = useCloudPaths();
  const dash = <span className="text-ink-3">–</span>;
  return [
    {
      id: 'name',
      header: t('column.name'),
      fixed: true,
      value: (row) => row.name,
      cell: (row) => (
        <Link
          to={to.resource(row.id)}
          title={userFacts(row).principal ?? row.name}
          className="font-medium hover:text-accent-text"
        >
          {row.name}
        </Link>
      ),
    },
    {
      id: 'principal',
      header: t('users.principal'),
      hidden: true,
      from: 'lg',
      sortable: false,
      value: (row) => userFacts(row).principal,
      cell: (row) => <span className="text-ink-2">{userFacts(row).principal ?? '–'}</span>,
    },
    {
      id: 'department',
      header: t('users.department'),
      from: 'lg',
      width: '8rem',
      value: (row) => userFacts(row).department,
      cell: (row) => <span className="text-ink-2">{userFacts(row).department ?? '–'}</span>,
    },
    {
      id: 'signIn',
      header: t('users.signIn'),
      from: 'sm',
      width: '8rem',
      value: (row) => {
        const { signIn } = userFacts(row);
        return signIn.kind === 'at' ? signIn.at : t(`users.signInOf.${signIn.kind}`);
      },
      cell: (row) => {
        const { signIn } = userFacts(row);
        if (signIn.kind === 'at') return <RelativeTime at={signIn.at} className="text-ink-2" />;
        return signIn.kind === 'never' ? (
          <Badge tone="warn">{t('users.signInOf.never')}</Badge>
        ) : (
          <span className="text-ink-3">{t('users.signInOf.unknown')}</span>
        );
      },
    },
    {
      id: 'licences',
      header: t('tab.licences'),
      from: 'md',
      width: '13rem',
      value: (row) => format.list(userFacts(row).licences.map(({ name }) => name)),
      cell: (row) => {
        const held = userFacts(row).licences.map(({ name }) => name);
        return held.length === 0 ? (
          dash
        ) : (
          <span className="block truncate text-ink-2" title={held.join('\n')}>
            {held.join(', ')}
          </span>
        );
      },
    },
    {
      id: 'mfa',
      header: t('users.mfaColumn'),
      from: 'md',
      width: '9.5rem',
      value: (row) => mfaWord(row),
      cell: (row) => {
        const { mfa } = userFacts(row);
        if (mfa === null) return <span className="text-ink-3">{t('users.signInOf.unknown')}</span>;
        const word = t(mfa.registered ? 'users.mfa.yes' : 'users.mfa.no');
        return (
          <Badge tone={mfa.registered ? 'ok' : mfa.admin ? 'danger' : 'warn'} dot>
            {mfa.admin ? t('users.mfaAdmin', { word }) : word}
          </Badge>
        );
      },
    },
    {
      id: 'state',
      header: t('users.stateColumn'),
      width: '9.5rem',
      value: (row) => (row.state === 'stopped' ? t('users.state.stopped') : t('users.state.active')),
      cell: (row) => (
        <span className="flex gap-1">
          {row.state === 'stopped' ? (
            <Badge tone="warn">{t('users.state.stopped')}</Badge>
          ) : (
            <Badge tone="ok" dot>
              {t('users.state.active')}
            </Badge>
          )}
          {userFacts(row).guest ? <Badge>{t('users.guest')}</Badge> : null}
        </span>
      ),
    },
    {
      id: 'cost',
      header: t('users.cost'),
      from: 'lg',
      width: '8rem',
      align: 'right',
      value: (row) => row.monthlyEstimate?.amount ?? null,
      cell: (row) => (row.monthlyEstimate === null ? dash : <Money {...row.monthlyEstimate} />),
    },
  ];

  function mfaWord(row: Row): string {
    const { mfa } = userFacts(row);
    return mfa === null ? '' : t(mfa.registered ? 'users.mfa.yes' : 'users.mfa.no');
  }
}
