import { useT } from '@/app/i18n.ts';
import { Badge, type Tone } from '@/ui/badge.tsx';
import type { Health } from './figures.ts';

const tones: Record<Health, Tone> = {
  disabled: 'neutral',
  unknown: 'neutral',
  ok: 'ok',
  degraded: 'warn',
  failing: 'danger',
};

/** How talking to a provider's accounts goes. */
export function ProviderHealth({ health }: { health: Health }) {
  const t = useT('accounts');
  return (
    <Badge tone={tones[health]} dot>
      {t(`health.${health}`)}
    </Badge>
  );
}
