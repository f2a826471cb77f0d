import type { ResourceRow } from '@cloudatlas/contracts/inventory';
import { LoaderCircle } from 'lucide-react';
import { useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { Badge, type Tone } from '@/ui/badge.tsx';

const tones: Partial<Record<string, Tone>> = {
  running: 'ok',
  in_use: 'ok',
  active: 'ok',
  available: 'neutral',
  stopped: 'neutral',
  failed: 'danger',
  deleting: 'warn',
};
const moving = new Set(['creating', 'starting', 'stopping', 'restarting', 'updating', 'deleting']);

type Stated = Pick<ResourceRow, 'state' | 'stateRaw' | 'vanishedAt' | 'pendingOrder'>;

/** The provider's state; what is on its way turns, what has vanished says so. */
export function StateBadge({ resource }: { resource: Stated }) {
  const t = useT('inventory');
  const labels = useLabels();
  if (resource.vanishedAt !== null) return <Badge tone="warn">{t('state.vanished')}</Badge>;
  const turns = moving.has(resource.state) || resource.pendingOrder !== null;
  return (
    <Badge tone={turns ? 'accent' : (tones[resource.state] ?? 'neutral')} dot={!turns}>
      {turns ? <LoaderCircle aria-hidden className="size-3 animate-spin" /> : null}
      {labels.state(resource.state)}
    </Badge>
  );
}
