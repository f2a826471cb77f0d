/** Theme and language: applied at once on this device, then saved to the profile. */
import type { User } from '@cloudatlas/contracts/identity';
import { call, path } from './api.ts';
import { setLanguage, type Language } from './i18n.ts';
import { explainError } from './problem.ts';
import { meKey, queryClient } from './query-client.ts';
import { setTheme, type Theme } from './theme.ts';
import { toast } from '@/ui/toast-store.ts';

/** Saves to the profile when someone is signed in; a failure is said, the device keeps the choice. */
async function save(change: { theme?: Theme; locale?: Language }): Promise<void> {
  const me = queryClient.getQueryData<User | null>(meKey);
  if (me === null || me === undefined) return;
  try {
    queryClient.setQueryData(meKey, await call<User>('PATCH', path('me'), { body: change }));
  } catch (error) {
    toast.error(explainError(error));
  }
}

export async function chooseTheme(theme: Theme): Promise<void> {
  setTheme(theme);
  await save({ theme });
}

export async function chooseLanguage(locale: Language): Promise<void> {
  await setLanguage(locale);
  await save({ locale });
}
