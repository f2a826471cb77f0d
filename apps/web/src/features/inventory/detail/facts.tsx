import type { ReactNode } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { Link } from 'react-router';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { ProviderMark } from '@/features/accounts/provider-mark.tsx';
import { CopyButton } from '@/ui/copy-button.tsx';
import { Money, RelativeTime } from '@/ui/values.tsx';
import type { ResourceDetailView } from '../queries.ts';
import { Tags } from './tags.tsx';

/** What is the same for every kind of resource, and the tags. */
export function Facts({ resource }: { resource: ResourceDetailView }) {
  const t = useT('inventory');
  const format = useFormat();
  const labels = useLabels();
  const to = useCloudPaths();
  const { size } = resource;
  const sizes = [
    size?.sku,
    size?.cpus === undefined
      ? undefined
      : t('detail.cpus', { count: size.cpus, formatted: format.number(size.cpus) }),
    size?.memoryGiB === undefined
      ? undefined
      : t('detail.memory', { formatted: format.number(size.memoryGiB) }),
    size?.storageGiB === undefined
      ? undefined
      : t('detail.storage', { formatted: format.number(size.storageGiB) }),
    size?.iops === undefined ? undefined : t('detail.iops', { formatted: format.number(size.iops) }),
  ].filter((part) => part !== undefined);
  const rows: [string, ReactNode][] = [
    [t('column.provider'), <ProviderMark key="provider" id={resource.provider} />],
    [
      t('column.account'),
      <Link key="account" className="hover:text-accent-text" to={to.account(resource.accountId)}>
        {resource.accountName}
      </Link>,
    ],
    [t('column.service'), labels.service(resource.provider, resource.service)],
    [
      t('column.region'),
      resource.zone === null
        ? labels.region(resource.region)
        : `${labels.region(resource.region)} · ${resource.zone}`,
    ],
    ...(resource.stateRaw === null ? [] : [[t('detail.stateRaw'), resource.stateRaw] as [string, ReactNode]]),
    ...(sizes.length === 0 ? [] : [[t('column.size'), sizes.join(' · ')] as [string, ReactNode]]),
    ...(resource.monthlyEstimate === null
      ? []
      : [
          [
            t('column.cost'),
            <span key="cost">
              <Money {...resource.monthlyEstimate} />{' '}
              <span className="text-ink-3">{t('detail.listPrice')}</span>
            </span>,
          ] as [string, ReactNode],
        ]),
    [t('column.id'), <Copyable key="id" text={resource.shortId} name={t('column.id')} />],
    [t('detail.nativeId'), <Copyable key="native" text={resource.nativeId} name={t('detail.nativeId')} />],
    ...(resource.createdAt === null
      ? []
      : [
          [t('column.created'), <RelativeTime key="created" at={resource.createdAt} />] as [
            string,
            ReactNode,
          ],
        ]),
    [t('detail.firstSeen'), <RelativeTime key="seen" at={resource.firstSeenAt} />],
    [t('column.changed'), <RelativeTime key="changed" at={resource.changedAt} />],
    ...(resource.vanishedAt === null
      ? []
      : [
          [t('detail.vanished'), <RelativeTime key="vanished" at={resource.vanishedAt} />] as [
            string,
            ReactNode,
          ],
        ]),
  ];
  return (
    <div className="flex flex-col gap-6">
      <dl className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-x-4 gap-y-2">
        {rows.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-ink-3">{term}</dt>
            <dd className="min-w-0">{value}</dd>
          </div>
        ))}
      </dl>
      <Tags key={JSON.stringify(resource.tags)} resource={resource} />
    </div>
  );
}

function Copyable({ text, name }: { text: string; name: string }) {
  const t = useT('inventory');
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="truncate font-mono text-xs">{text}</code>
      <CopyButton text={text} name={t('detail.copy', { name })} />
    </span>
  );
}
