import { Check, ChevronsUpDown, Plus, Settings2 } from 'lucide-react';
import { Link, useNavigate } from 'react-router';
import { Avatar } from '@/ui/avatar.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/ui/menu.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { useT } from '../i18n.ts';
import { paths } from '../paths.ts';
import { useExplainDenial } from '../scope.tsx';
import type { Place } from './use-place.ts';

/** Organization and workspace on top of the navigation, and the way to others. */
export function PlaceSwitcher({ place }: { place: Place }) {
  const t = useT('shell');
  const navigate = useNavigate();
  const explain = useExplainDenial();
  const { organization, workspace, organizations, workspaces } = place;

  if (organization === null) {
    return (
      <div className="flex h-11 items-center px-2">
        {place.loading ? (
          <Skeleton className="w-40" />
        ) : (
          <Link to={paths.welcome} className="font-medium text-accent-text">
            {t('switcher.newOrganization')}
          </Link>
        )}
      </div>
    );
  }
  const go = (to: string) => () => void navigate(to);
  const mayCreate = organization.permissions.includes('workspaces:write');
  return (
    <Menu
      align="start"
      className="w-64"
      label={t('switcher.label')}
      trigger={
        <button
          type="button"
          className="flex h-11 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover aria-expanded:bg-hover"
        >
          <Avatar name={organization.name} square />
          <span className="min-w-0 flex-1">
            <span className="block truncate font-semibold leading-4">{organization.name}</span>
            <span className="block truncate text-xs leading-4 text-ink-3">
              {workspace?.name ?? t('switcher.noWorkspace')}
            </span>
          </span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        </button>
      }
    >
      <MenuLabel>{t('switcher.workspaces')}</MenuLabel>
      {workspaces.map((candidate) => (
        <MenuItem key={candidate.id} onSelect={go(paths.workspace(organization.slug, candidate.slug))}>
          <span className="min-w-0 flex-1 truncate">{candidate.name}</span>
          {candidate.id === workspace?.id ? <Check aria-label={t('switcher.current')} /> : null}
        </MenuItem>
      ))}
      <MenuItem
        onSelect={go(`${paths.organizationSettings(organization.slug, 'workspaces')}?new=1`)}
        disabledReason={mayCreate ? undefined : explain(organization.role, 'workspaces:write')}
      >
        <Plus /> {t('switcher.newWorkspace')}
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>{t('switcher.organizations')}</MenuLabel>
      {organizations.map((candidate) => (
        <MenuItem key={candidate.id} onSelect={go(paths.organization(candidate.slug))}>
          <Avatar name={candidate.name} size="sm" square />
          <span className="min-w-0 flex-1 truncate">{candidate.name}</span>
          {candidate.id === organization.id ? <Check aria-label={t('switcher.current')} /> : null}
        </MenuItem>
      ))}
      <MenuItem onSelect={go(paths.welcome)}>
        <Plus /> {t('switcher.newOrganization')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={go(paths.organizationSettings(organization.slug, 'general'))}>
        <Settings2 /> {t('switcher.settings')}
      </MenuItem>
    </Menu>
  );
}
