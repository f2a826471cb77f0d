import { useT } from '@/app/i18n.ts';
import { LinkTabs } from '@/ui/tabs.tsx';
import { useSavingsPaths } from './paths.ts';

/** The pages about saving; each has its own address. */
export function SavingsTabs() {
  const t = useT('savings');
  const to = useSavingsPaths();
  return (
    <LinkTabs
      label={t('tabs.label')}
      tabs={[
        { to: to.savings, label: t('tabs.findings') },
        { to: to.actions, label: t('tabs.actions') },
        { to: to.rules, label: t('tabs.rules') },
        { to: to.whyNot(), label: t('tabs.whyNot') },
        { to: to.settings, label: t('tabs.settings') },
      ]}
    />
  );
}
