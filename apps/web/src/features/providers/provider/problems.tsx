import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { ProblemText } from '@/features/accounts/cloud-problem.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { runQuery, runsQuery } from '@/features/inventory/queries.ts';
import { Card } from '@/ui/card.tsx';
import { Notice } from '@/ui/form.tsx';

/** Accounts whose newest run is looked into; more troubled ones are told by their badges. */
const mostRuns = 5;
/** Places named of one account; the others are on its page. */
const mostScopes = 6;

/** What does not work: accounts that are refused, and what the newest synchronisation could not read. */
export function Problems({ accounts }: { accounts: readonly CloudAccount[] }) {
  const t = useT('providers');
  const labels = useLabels();
  const to = useCloudPaths();
  const place = useWorkspacePlace();
  const { data: runs } = useQuery(runsQuery(place));
  const newest = accounts.flatMap((account) => {
    const run = runs?.find((one) => one.accountId === account.id && one.status !== 'running');
    return run !== undefined && run.status !== 'succeeded' ? [run.id] : [];
  });
  const details = useQueries({ queries: newest.slice(0, mostRuns).map((id) => runQuery(place, id)) });
  const troubled = accounts
    .map((account) => {
      const run = details.find(({ data }) => data?.accountId === account.id)?.data;
      const scopes = run?.scopes.filter(({ problems }) => problems.length > 0) ?? [];
      return { account, problem: account.health.problem ?? run?.problem ?? null, scopes };
    })
    .filter(({ problem, scopes }) => problem !== null || scopes.length > 0);
  if (troubled.length === 0) return null;
  return (
    <Card title={t('problems')} description={t('problemsText')}>
      <ul className="flex flex-col gap-3">
        {troubled.map(({ account, problem, scopes }) => (
          <li key={account.id}>
            <Notice tone={problem === null ? 'warn' : 'danger'}>
              <h3 className="font-semibold">
                <Link to={to.account(account.id)} className="hover:underline">
                  {account.name}
                </Link>
              </h3>
              {problem === null ? null : <ProblemText problem={problem} />}
              <ul className="mt-1 flex flex-col gap-2">
                {scopes.slice(0, mostScopes).map((scope) => (
                  <li key={`${scope.service} ${scope.region}`}>
                    <p className="text-xs">
                      {labels.service(account.provider, scope.service)} · {labels.region(scope.region)}
                    </p>
                    {scope.problems[0] === undefined ? null : (
                      <ProblemText problem={scope.problems[0].problem} />
                    )}
                  </li>
                ))}
              </ul>
            </Notice>
          </li>
        ))}
      </ul>
    </Card>
  );
}
