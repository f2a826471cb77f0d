import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import { Link, useLocation } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import type { ResourceDetailView } from '../queries.ts';

type Relation = ResourceDetailView['relations'][number];

/** What it hangs on and what hangs on it. */
export function Relations({ relations }: { relations: readonly Relation[] }) {
  const t = useT('inventory');
  if (relations.length === 0) return <p className="text-ink-2">{t('detail.noRelations')}</p>;
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {relations.map((relation) => (
        <Row key={`${relation.direction} ${relation.kind} ${relation.nativeId}`} relation={relation} />
      ))}
    </ul>
  );
}

function Row({ relation }: { relation: Relation }) {
  const t = useT('inventory');
  const labels = useLabels();
  const to = useCloudPaths();
  const { search } = useLocation();
  const Icon = relation.direction === 'to' ? ArrowUpRight : ArrowDownLeft;
  const { resource } = relation;
  return (
    <li className="flex items-center gap-3 px-3 py-2">
      <Icon aria-hidden className="size-4 shrink-0 text-ink-3" />
      <span className="w-28 shrink-0 text-xs text-ink-2">
        {labels.relation(relation.kind, relation.direction)}
      </span>
      {resource === null ? (
        <span className="min-w-0 flex-1">
          <code className="block truncate font-mono text-xs">{relation.nativeId}</code>
          <span className="text-xs text-ink-3">{t('detail.notInInventory')}</span>
        </span>
      ) : (
        <Link to={to.resource(resource.id, search)} className="min-w-0 flex-1 hover:text-accent-text">
          <span className="block truncate font-medium">{resource.name}</span>
          <span className="block truncate text-xs text-ink-3">
            {labels.type(resource.type)} · {labels.state(resource.state)}
          </span>
        </Link>
      )}
    </li>
  );
}
