/**
 * Languages. One JSON file per feature and language under src/i18n; a page loads only the namespaces it names
 * (see `lazyPage`), in the language in use, as separate chunks.
 */
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

export const languages = ['en', 'pt-BR'] as const;
export type Language = (typeof languages)[number];

/** Each language names itself, so a lost reader finds theirs. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  'pt-BR': 'Português (Brasil)',
};

type Texts = { [key: string]: string | Texts };
const files = import.meta.glob<Texts>('../i18n/*/*.json', { import: 'default' });

const storageKey = 'atlas.language';

function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

/** The chosen language, else the first the browser asks for that we have, else English. */
function initialLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  if (isLanguage(stored)) return stored;
  const wanted = navigator.languages.find((tag) => /^(pt|en)\b/i.test(tag));
  return wanted?.toLowerCase().startsWith('pt') === true ? 'pt-BR' : 'en';
}

/** Namespaces the shell itself needs at once. */
const baseNamespaces = ['ui', 'shell', 'errors'] as const;

/** Starts i18next with the base namespaces loaded, so the first paint has its words. */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next
    .use({
      type: 'backend',
      read(language: string, namespace: string, done: (error: unknown, texts: Texts | null) => void) {
        const load = files[`../i18n/${language}/${namespace}.json`];
        if (load === undefined) done(new Error(`no texts ${language}/${namespace}`), null);
        else
          load().then(
            (texts) => done(null, texts),
            (error: unknown) => done(error, null),
          );
      },
    })
    .use(initReactI18next)
    .init({
      lng: initialLanguage(),
      fallbackLng: false,
      supportedLngs: [...languages],
      ns: [...baseNamespaces],
      defaultNS: 'ui',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
}

/** Loads further namespaces in the current language. */
export async function loadNamespaces(namespaces: readonly string[]): Promise<void> {
  await i18next.loadNamespaces([...namespaces]);
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'en';
}

/** Switches and remembers the language on this device; saving it to the profile is the caller's job. */
export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language);
  await i18next.changeLanguage(language);
}

export type Translate = (key: string, values?: Record<string, unknown>) => string;

/** `t` of one namespace; keys of others are written `namespace:key`. */
export function useT(namespace: string): Translate {
  const { t } = useTranslation(namespace);
  return t;
}

/** `t` outside components; keys carry their namespace. */
export const translate: Translate = (key, values) => i18next.t(key, values ?? {});
