import { useQuery } from '@tanstack/react-query';
import { CloudCog } from 'lucide-react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { ConnectButton } from '@/features/accounts/connect-button.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { ProviderMark } from '@/features/accounts/provider-mark.tsx';
import { useProviderPaths } from '@/features/providers/paths.ts';
import { summaryQuery, type ResourceSummaryView } from '@/features/inventory/queries.ts';
import { Stat } from '@/ui/card.tsx';
import { Quiet, Widget } from '../widget.tsx';

/** Types named in the widget. */
const typesShown = 14;

/** The clouds at a glance: how much there is, how much of it runs, and of what kinds. */
export function CloudsWidget() {
  const t = useT('home');
  const to = useCloudPaths();
  const denial = useDenial('resources:read');
  const query = useQuery({ ...summaryQuery(useWorkspacePlace()), enabled: denial === undefined });
  return (
    <Widget title={t('widget.clouds')} to={to.overview} denial={denial} query={query}>
      {(summary) => (summary.total === 0 ? <Nothing /> : <Loaded summary={summary} />)}
    </Widget>
  );
}

function Nothing() {
  const t = useT('home');
  return (
    <Quiet>
      <CloudCog aria-hidden className="size-6 text-ink-3" />
      <p>{t('clouds.none')}</p>
      <ConnectButton />
    </Quiet>
  );
}

function Loaded({ summary }: { summary: ResourceSummaryView }) {
  const t = useT('home');
  const format = useFormat();
  const labels = useLabels();
  const to = useCloudPaths();
  const at = useProviderPaths();
  const providers = new Map<string, number>();
  for (const { provider, count } of summary.byService)
    providers.set(provider, (providers.get(provider) ?? 0) + count);
  const running = summary.byState.find(({ state }) => state === 'running')?.count ?? 0;
  const regions = new Set(summary.byService.map(({ region }) => region)).size;
  return (
    <div className="flex flex-col gap-4">
      <dl className="grid grid-cols-4 gap-x-4">
        <Stat label={t('clouds.resources')} value={format.number(summary.total)} />
        <Stat label={t('clouds.running')} value={format.number(running)} />
        <Stat label={t('clouds.accounts')} value={format.number(summary.byAccount.length)} />
        <Stat label={t('clouds.regions')} value={format.number(regions)} />
      </dl>
      <ul className="flex flex-col gap-2">
        {[...providers]
          .toSorted((a, b) => b[1] - a[1])
          .map(([provider, count]) => (
            <li key={provider}>
              <Link
                to={at.provider(provider)}
                className="flex items-center gap-2 rounded-sm hover:text-accent-text"
              >
                <span className="flex w-28 font-medium">
                  <ProviderMark id={provider} />
                </span>
                <span aria-hidden className="h-1.5 min-w-0 flex-1 overflow-hidden rounded-full bg-hover">
                  <span
                    className="block h-full rounded-full"
                    style={{
                      width: `${(count / summary.total) * 100}%`,
                      background: `var(--${provider}, var(--series-8))`,
                    }}
                  />
                </span>
                <span className="num w-12 text-right text-ink-2">{format.number(count)}</span>
              </Link>
            </li>
          ))}
      </ul>
      <ul className="flex max-h-[8.125rem] flex-wrap gap-1.5 overflow-hidden">
        {summary.byType.slice(0, typesShown).map(({ type, count }) => (
          <li key={type}>
            <Link
              to={to.resourcesWith([['type', type]])}
              className="flex gap-2 rounded-sm border border-line bg-sunken px-2 py-1 text-xs hover:border-line-strong"
            >
              {labels.type(type)} <span className="num font-medium">{format.number(count)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
