import i18next from 'i18next';
import { useT } from '@/app/i18n.ts';

/** Why a finding cannot be applied, in words; undefined when it can. */
export function useBlockedWords(): (reason: string | null) => string | undefined {
  const t = useT('savings');
  return (reason) => {
    if (reason === null) return undefined;
    return i18next.exists(`blocked.${reason}`, { ns: 'savings' })
      ? t(`blocked.${reason}`, { tier: t('ui:plan.pro') })
      : reason;
  };
}
