import i18next from 'i18next';
import { useT } from '@/app/i18n.ts';
import type { AvailableOperationView } from './queries.ts';

/** What an operation does and why it cannot be asked for, in words. */
export function useOperationWords() {
  const t = useT('inventory');
  return {
    /** Exactly what happens; a general sentence for operations nobody has described yet. */
    effect: (operation: Pick<AvailableOperationView, 'id' | 'confirm'>): string =>
      i18next.exists(`effect.${operation.id}`, { ns: 'inventory' })
        ? t(`effect.${operation.id}`)
        : operation.confirm === 'typed'
          ? t('effectOther.typed')
          : t('effectOther.plain'),
    /** Why not; undefined when it can be asked for. */
    blocked: (reason: string | null): string | undefined =>
      reason === null
        ? undefined
        : i18next.exists(`blocked.${reason}`, { ns: 'inventory' })
          ? t(`blocked.${reason}`)
          : reason,
  };
}
