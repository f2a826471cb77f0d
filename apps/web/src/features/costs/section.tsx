import { useT } from '@/app/i18n.ts';
import { LinkTabs } from '@/ui/tabs.tsx';
import { useCostPaths } from './paths.ts';

/** The pages about money; each has its own address. */
export function CostTabs() {
  const t = useT('costs');
  const to = useCostPaths();
  return (
    <LinkTabs
      label={t('tabs.label')}
      tabs={[
        { to: to.costs, label: t('tabs.costs') },
        { to: to.anomalies, label: t('tabs.anomalies') },
        { to: to.budgets, label: t('tabs.budgets') },
        { to: to.allocation, label: t('tabs.allocation') },
        { to: to.imports, label: t('tabs.imports') },
        { to: to.reconciliation, label: t('tabs.reconciliation') },
        { to: to.conformance, label: t('tabs.conformance') },
        { to: to.settings, label: t('tabs.settings') },
      ]}
    />
  );
}
