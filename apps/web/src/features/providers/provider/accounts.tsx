import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { HealthBadge } from '@/features/accounts/health-badge.tsx';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { summaryQuery } from '@/features/inventory/queries.ts';
import { Card } from '@/ui/card.tsx';

/** The provider's accounts with what each holds. */
export function ProviderAccounts({ accounts }: { accounts: readonly CloudAccount[] }) {
  const t = useT('providers');
  const format = useFormat();
  const to = useCloudPaths();
  const { data } = useQuery(summaryQuery(useWorkspacePlace()));
  const counts = new Map(data?.byAccount.map(({ accountId, count }) => [accountId, count]));
  return (
    <Card flush title={t('accounts')}>
      <ul className="divide-y divide-line border-t border-line">
        {accounts.map((account) => (
          <li key={account.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
            <span className="min-w-0 flex-1 basis-48">
              <Link to={to.account(account.id)} className="font-medium hover:text-accent-text">
                {account.name}
              </Link>
              <code className="block truncate font-mono text-xs text-ink-3">{account.nativeId}</code>
            </span>
            <Link
              to={to.resourcesWith([['account', account.id]])}
              className="num text-ink-2 hover:text-accent-text"
            >
              {t('resourceCount', {
                count: counts.get(account.id) ?? 0,
                formatted: format.number(counts.get(account.id) ?? 0),
              })}
            </Link>
            <HealthBadge account={account} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
