import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import { useT } from '@/app/i18n.ts';
import { Badge, type Tone } from '@/ui/badge.tsx';

const tones: Record<CloudAccount['health']['status'], Tone> = {
  unknown: 'neutral',
  ok: 'ok',
  degraded: 'warn',
  failing: 'danger',
};

/** How talking to the account goes; a disabled one is not talked to. */
export function HealthBadge({ account }: { account: Pick<CloudAccount, 'health' | 'enabled'> }) {
  const t = useT('accounts');
  if (!account.enabled) return <Badge>{t('health.disabled')}</Badge>;
  return (
    <Badge tone={tones[account.health.status]} dot>
      {t(`health.${account.health.status}`)}
    </Badge>
  );
}
