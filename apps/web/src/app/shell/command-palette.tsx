import { Command } from 'cmdk';
import {
  Building2,
  Folder,
  Languages,
  LogOut,
  Moon,
  Plus,
  Settings2,
  Sun,
  SunMoon,
  UserRound,
  type LucideIcon,
} from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { features } from '@/features.ts';
import { toast } from '@/ui/toast-store.ts';
import { Kbd } from '@/ui/values.tsx';
import { languageNames, languages, useT } from '../i18n.ts';
import { paths } from '../paths.ts';
import { chooseLanguage, chooseTheme } from '../preferences.ts';
import { explainError } from '../problem.ts';
import { signOut } from '../session.ts';
import { themes } from '../theme.ts';
import { navEntries, navPath } from './navigation.ts';
import type { Place } from './use-place.ts';

interface PaletteCommand {
  id: string;
  icon: LucideIcon;
  label: string;
  /** Grey text at the right. */
  hint?: string;
  run: () => void;
}

const themeIcons = { system: SunMoon, light: Sun, dark: Moon } as const;

/** Everything one can go to or do, by typing. Opened with Ctrl/⌘-K. */
export function CommandPalette({ place, onClose }: { place: Place; onClose: () => void }) {
  const t = useT('shell');
  const groups = useCommands(place);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/30 dark:bg-black/55" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[10vh] z-50 mx-auto max-w-xl animate-in overflow-hidden rounded-xl border border-line bg-surface shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">{t('palette.title')}</Dialog.Title>
          <Command loop label={t('palette.title')}>
            <Command.Input
              autoFocus
              placeholder={t('palette.placeholder')}
              className="h-12 w-full border-b border-line bg-transparent px-4 text-base outline-none"
            />
            <Command.List className="max-h-[min(26rem,60dvh)] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-10 text-center text-ink-3">
                {t('palette.empty')}
              </Command.Empty>
              {groups.map(([heading, commands]) => (
                <PaletteGroup key={heading} heading={heading}>
                  {commands.map((command) => (
                    <Command.Item
                      key={command.id}
                      value={command.id}
                      keywords={[command.label, heading, command.hint ?? '']}
                      onSelect={() => {
                        onClose();
                        command.run();
                      }}
                      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 data-[selected=true]:bg-hover pointer-coarse:h-11"
                    >
                      <command.icon aria-hidden className="size-4 shrink-0 text-ink-3" />
                      <span className="min-w-0 flex-1 truncate">{command.label}</span>
                      {command.hint === undefined ? null : (
                        <span className="max-w-40 truncate text-xs text-ink-3">{command.hint}</span>
                      )}
                    </Command.Item>
                  ))}
                </PaletteGroup>
              ))}
            </Command.List>
            <div
              aria-hidden
              className="flex gap-4 border-t border-line bg-sunken px-4 py-2 text-2xs text-ink-3 pointer-coarse:hidden"
            >
              <span className="flex items-center gap-1.5">
                <Kbd keys={['↑', '↓']} /> {t('palette.move')}
              </span>
              <span className="flex items-center gap-1.5">
                <Kbd keys={['↵']} /> {t('palette.choose')}
              </span>
              <span className="flex items-center gap-1.5">
                <Kbd keys={['Esc']} /> {t('palette.close')}
              </span>
            </div>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:label-caps"
    >
      {children}
    </Command.Group>
  );
}

/** Commands by group heading; groups without any are left out. */
function useCommands(place: Place): readonly [string, readonly PaletteCommand[]][] {
  const t = useT('shell');
  const navigate = useNavigate();
  const go = (to: string) => () => void navigate(to);
  const { organization } = place;

  const further = features.flatMap((feature) => feature.palette ?? []);
  const pages = [...navEntries, ...further].flatMap((entry): PaletteCommand[] => {
    const to = navPath(entry, place);
    return to === null ? [] : [{ id: `page ${to}`, icon: entry.icon, label: t(entry.labelKey), run: go(to) }];
  });
  const organizationPages = (organization === null ? [] : features).flatMap((feature) =>
    (feature.organizationSettings ?? []).map((entry): PaletteCommand => ({
      id: `settings ${entry.path}`,
      icon: Settings2,
      label: t(entry.labelKey),
      hint: organization?.name ?? '',
      run: go(paths.organizationSettings(organization?.slug ?? '', entry.path)),
    })),
  );
  const accountPages = features.flatMap((feature) =>
    (feature.accountSettings ?? []).map((entry): PaletteCommand => ({
      id: `account ${entry.path}`,
      icon: UserRound,
      label: t(entry.labelKey),
      hint: t('palette.account'),
      run: go(paths.account(entry.path)),
    })),
  );
  const workspaces = place.workspaces.map((workspace) => ({
    id: `workspace ${workspace.slug}`,
    icon: Folder,
    label: workspace.name,
    hint: organization?.name ?? '',
    run: go(paths.workspace(organization?.slug ?? '', workspace.slug)),
  }));
  const organizations = place.organizations.map((candidate) => ({
    id: `organization ${candidate.slug}`,
    icon: Building2,
    label: candidate.name,
    run: go(paths.organization(candidate.slug)),
  }));
  const actions: PaletteCommand[] = [
    ...themes.map((theme) => ({
      id: `theme ${theme}`,
      icon: themeIcons[theme],
      label: t('palette.theme', { theme: t(`theme.${theme}`) }),
      run: () => void chooseTheme(theme),
    })),
    ...languages.map((language) => ({
      id: `language ${language}`,
      icon: Languages,
      label: t('palette.language', { language: languageNames[language] }),
      run: () => void chooseLanguage(language),
    })),
    { id: 'new organization', icon: Plus, label: t('switcher.newOrganization'), run: go(paths.welcome) },
    {
      id: 'sign out',
      icon: LogOut,
      label: t('user.signOut'),
      run: () => void signOut().catch((error: unknown) => toast.error(explainError(error))),
    },
  ];
  const groups: [string, readonly PaletteCommand[]][] = [
    [t('palette.pages'), pages],
    [t('switcher.workspaces'), workspaces],
    [t('switcher.organizations'), organizations],
    [t('palette.settings'), [...organizationPages, ...accountPages]],
    [t('palette.actions'), actions],
  ];
  return groups.filter(([, commands]) => commands.length > 0);
}
