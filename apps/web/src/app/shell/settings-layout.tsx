import { NavLink, Outlet } from 'react-router';
import { features } from '@/features.ts';
import { cn } from '@/ui/cn.ts';
import type { SettingsEntry } from '../feature.ts';
import { useT } from '../i18n.ts';
import { paths } from '../paths.ts';
import { useOrganization } from '../scope.tsx';

interface SettingsFrameProps {
  label: string;
  heading: string;
  entries: readonly SettingsEntry[];
  pathOf: (page: string) => string;
}

/** Second navigation beside settings pages; a scrolling row on narrow screens. */
function SettingsFrame({ label, heading, entries, pathOf }: SettingsFrameProps) {
  const t = useT('shell');
  return (
    <div className="min-w-0 xl:grid xl:grid-cols-[12.5rem_minmax(0,1fr)]">
      <nav
        aria-label={label}
        className="overflow-x-auto border-b border-line px-4 pt-3 xl:sticky xl:top-0 xl:h-dvh xl:border-b-0 xl:border-r xl:px-3 xl:pt-6"
      >
        <p className="hidden px-2 pb-2 label-caps xl:block">{heading}</p>
        <ul className="flex gap-4 xl:flex-col xl:gap-px">
          {entries.map((entry) => (
            <li key={entry.path}>
              <NavLink
                to={pathOf(entry.path)}
                className={({ isActive }) =>
                  cn(
                    'block whitespace-nowrap border-b-2 pb-2 font-medium xl:rounded-md xl:border-0 xl:px-2 xl:py-1.5',
                    isActive
                      ? 'border-accent text-ink xl:bg-hover'
                      : 'border-transparent text-ink-2 hover:text-ink xl:hover:bg-hover',
                  )
                }
              >
                {t(entry.labelKey)}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0">
        <Outlet />
      </div>
    </div>
  );
}

/** Route element of the organization settings. */
export function OrganizationSettings() {
  const t = useT('shell');
  const organization = useOrganization();
  return (
    <SettingsFrame
      label={t('settings.organization')}
      heading={organization.name}
      entries={features.flatMap((feature) => feature.organizationSettings ?? [])}
      pathOf={(page) => paths.organizationSettings(organization.slug, page)}
    />
  );
}

/** Route element of the account pages. */
export function AccountSettings() {
  const t = useT('shell');
  return (
    <SettingsFrame
      label={t('settings.account')}
      heading={t('settings.account')}
      entries={features.flatMap((feature) => feature.accountSettings ?? [])}
      pathOf={paths.account}
    />
  );
}
