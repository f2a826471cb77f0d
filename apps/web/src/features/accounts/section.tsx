import { useT } from '@/app/i18n.ts';
import { LinkTabs } from '@/ui/tabs.tsx';
import { useCloudPaths } from './paths.ts';

/** The pages about what is in the clouds; each has its own address. */
export function CloudTabs() {
  const t = useT('cloud');
  const to = useCloudPaths();
  return (
    <LinkTabs
      label={t('tabs.label')}
      tabs={[
        { to: to.resources, label: t('tabs.resources') },
        { to: to.overview, label: t('tabs.overview') },
        { to: to.providers, label: t('tabs.providers') },
        { to: to.orders, label: t('tabs.orders') },
        { to: to.accounts, label: t('tabs.accounts') },
      ]}
    />
  );
}
