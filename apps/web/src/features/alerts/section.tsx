import { useT } from '@/app/i18n.ts';
import { useCostPaths } from '@/features/costs/paths.ts';
import { LinkTabs } from '@/ui/tabs.tsx';

/** What fired, and what may fire. */
export function AlertTabs() {
  const t = useT('alerts');
  const to = useCostPaths();
  return (
    <LinkTabs
      label={t('tabs.label')}
      tabs={[
        { to: to.alerts, label: t('tabs.history') },
        { to: to.alertRules, label: t('tabs.rules') },
      ]}
    />
  );
}
