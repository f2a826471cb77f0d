import { Languages, SunMoon } from 'lucide-react';
import { Outlet } from 'react-router';
import { currentLanguage, languageNames, languages, useT } from '@/app/i18n.ts';
import { chooseLanguage, chooseTheme } from '@/app/preferences.ts';
import { Logo } from '@/app/shell/logo.tsx';
import { themes, useTheme } from '@/app/theme.ts';
import { IconButton } from '@/ui/button.tsx';
import { Menu, MenuChoice } from '@/ui/menu.tsx';
import { Graticule } from './graticule.tsx';

/** Frame of the pages before sign-in: the form left, what CloudAtlas is right. */
export function AuthLayout() {
  const t = useT('identity');
  const theme = useTheme();
  return (
    <div className="grid min-h-dvh bg-surface lg:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]">
      <div className="flex min-w-0 flex-col px-5 py-5 sm:px-10">
        <header className="flex items-center gap-2.5">
          <Logo className="size-7" />
          <span className="flex-1 text-lg font-semibold tracking-tight">CloudAtlas</span>
          <Menu
            label={t('layout.theme')}
            trigger={
              <IconButton label={t('layout.theme')}>
                <SunMoon />
              </IconButton>
            }
          >
            <MenuChoice
              value={theme}
              onChange={(next) => void chooseTheme(next)}
              options={themes.map((value) => ({ value, label: t(`shell:theme.${value}`) }))}
            />
          </Menu>
          <Menu
            label={t('layout.language')}
            trigger={
              <IconButton label={t('layout.language')}>
                <Languages />
              </IconButton>
            }
          >
            <MenuChoice
              value={currentLanguage()}
              onChange={(next) => void chooseLanguage(next)}
              options={languages.map((value) => ({ value, label: languageNames[value] }))}
            />
          </Menu>
        </header>
        <main className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center py-10">
          <Outlet />
        </main>
      </div>
      <aside className="relative hidden overflow-hidden bg-[oklch(0.235_0.035_222)] text-white lg:block">
        <Graticule className="absolute -right-64 -top-40 size-[62rem] text-white/14" />
        <div className="absolute inset-x-0 bottom-0 h-2/3 bg-linear-to-t from-[oklch(0.235_0.035_222)] from-35% to-transparent" />
        <div className="relative flex h-full max-w-xl flex-col justify-end p-14">
          <p className="text-[2rem] font-semibold leading-10 tracking-tight">{t('layout.claim')}</p>
          <p className="mt-4 text-lg leading-7 text-white/75">{t('layout.text')}</p>
          <ul className="mt-8 flex flex-wrap gap-x-6 gap-y-2 text-white/80">
            {(['aws', 'azure', 'gcp', 'm365'] as const).map((provider) => (
              <li key={provider} className="flex items-center gap-2">
                <span aria-hidden className={`size-2 rounded-full ${dots[provider]}`} />
                {t(`ui:provider.${provider}`)}
              </li>
            ))}
          </ul>
        </div>
      </aside>
    </div>
  );
}

const dots = { aws: 'bg-aws', azure: 'bg-azure', gcp: 'bg-gcp', m365: 'bg-m365' } as const;
