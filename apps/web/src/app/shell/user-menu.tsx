import { LogOut, ShieldCheck, UserRound, KeyRound } from 'lucide-react';
import { useNavigate } from 'react-router';
import { Avatar } from '@/ui/avatar.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '@/ui/menu.tsx';
import { toast } from '@/ui/toast-store.ts';
import { currentLanguage, languageNames, languages, useT } from '../i18n.ts';
import { paths } from '../paths.ts';
import { chooseLanguage, chooseTheme } from '../preferences.ts';
import { explainError } from '../problem.ts';
import { signOut, useMe } from '../session.ts';
import { themes, useTheme } from '../theme.ts';

/** The person, their theme and language, and the way out. */
export function UserMenu({ compact = false }: { compact?: boolean }) {
  const t = useT('shell');
  const me = useMe();
  const theme = useTheme();
  const navigate = useNavigate();
  const leave = (): void => void signOut().catch((error: unknown) => toast.error(explainError(error)));
  return (
    <Menu
      align={compact ? 'end' : 'start'}
      side={compact ? 'bottom' : 'top'}
      className="w-60"
      label={t('user.menu')}
      trigger={
        <button
          type="button"
          aria-label={compact ? t('user.menu') : undefined}
          className="flex h-10 min-w-0 flex-1 items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover aria-expanded:bg-hover"
        >
          <Avatar name={me.name} />
          {compact ? null : (
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium leading-4">{me.name}</span>
              <span className="block truncate text-xs leading-4 text-ink-3">{me.email}</span>
            </span>
          )}
        </button>
      }
    >
      <MenuItem onSelect={() => void navigate(paths.account('profile'))}>
        <UserRound /> {t('user.profile')}
      </MenuItem>
      <MenuItem onSelect={() => void navigate(paths.account('security'))}>
        <ShieldCheck /> {t('user.security')}
      </MenuItem>
      <MenuItem onSelect={() => void navigate(paths.account('api-keys'))}>
        <KeyRound /> {t('user.apiKeys')}
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>{t('user.theme')}</MenuLabel>
      <MenuChoice
        value={theme}
        onChange={(next) => void chooseTheme(next)}
        options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
      />
      <MenuSeparator />
      <MenuLabel>{t('user.language')}</MenuLabel>
      <MenuChoice
        value={currentLanguage()}
        onChange={(next) => void chooseLanguage(next)}
        options={languages.map((value) => ({ value, label: languageNames[value] }))}
      />
      <MenuSeparator />
      <MenuItem onSelect={leave}>
        <LogOut /> {t('user.signOut')}
      </MenuItem>
    </Menu>
  );
}
