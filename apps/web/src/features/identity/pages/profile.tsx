import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useMemo } from 'react';
import { Controller } from 'react-hook-form';
import { useApiForm } from '@/app/form.ts';
import { currentLanguage, languageNames, languages, useT, type Language } from '@/app/i18n.ts';
import { chooseLanguage, chooseTheme } from '@/app/preferences.ts';
import { meKey } from '@/app/query-client.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useMe } from '@/app/session.ts';
import { Page } from '@/app/shell/page.tsx';
import { themes, useTheme, type Theme } from '@/app/theme.ts';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { toast } from '@/ui/toast-store.ts';
import { accountApi } from '../queries.ts';

const Combobox = lazyNamed(() => import('@/ui/combobox.tsx').then((module) => module.Combobox));

/** Name, time zone, language and theme. */
export function Profile() {
  const t = useT('identity');
  const me = useMe();
  const theme = useTheme();
  const client = useQueryClient();
  const zones = useMemo(() => timeZoneOptions(me.timeZone), [me.timeZone]);
  const { form, register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('@cloudatlas/contracts/identity')).ProfileBody,
    {
      name: me.name,
      timeZone: me.timeZone,
    },
  );
  const save = submit(async ({ name, timeZone }) => {
    client.setQueryData(meKey, await accountApi.updateProfile({ name, timeZone }));
    toast.success(t('profile.saved'));
  });
  return (
    <Page title={t('profile.title')} width="narrow">
      <form onSubmit={save} noValidate>
        <Card
          title={t('profile.person')}
          footer={
            <Button type="submit" variant="primary" loading={busy}>
              {t('profile.save')}
            </Button>
          }
        >
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('field.name')} error={errorOf('name')}>
              {(control) => <Input {...control} autoComplete="name" {...register('name')} />}
            </Field>
            <Field label={t('field.email')} help={t('profile.emailHelp')}>
              {(control) => <Input {...control} value={me.email} readOnly />}
            </Field>
            <Field label={t('profile.timeZone')} error={errorOf('timeZone')} help={t('profile.timeZoneHelp')}>
              {(control) => (
                <Controller
                  control={form.control}
                  name="timeZone"
                  render={({ field }) => (
                    <Suspense fallback={<Input {...control} value={field.value} readOnly />}>
                      <Combobox
                        {...control}
                        value={field.value ?? ''}
                        onChange={field.onChange}
                        options={zones}
                        placeholder={t('profile.timeZone')}
                      />
                    </Suspense>
                  )}
                />
              )}
            </Field>
          </div>
          <div className="mt-4 empty:hidden">
            <FormError message={rootError} />
          </div>
        </Card>
      </form>
      <Card title={t('profile.looks')} description={t('profile.looksText')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('layout.language')}>
            {(control) => (
              <Select
                {...control}
                value={currentLanguage()}
                onChange={(event) => void chooseLanguage(event.target.value as Language)}
                options={languages.map((value) => ({ value, label: languageNames[value] }))}
              />
            )}
          </Field>
          <Field label={t('layout.theme')}>
            {(control) => (
              <Select
                {...control}
                value={theme}
                onChange={(event) => void chooseTheme(event.target.value as Theme)}
                options={themes.map((value) => ({ value, label: t(`shell:theme.${value}`) }))}
              />
            )}
          </Field>
        </div>
      </Card>
    </Page>
  );
}

/** IANA zones the browser knows, with their present offset; the current one even when it does not. */
function timeZoneOptions(current: string): { value: string; label: string; hint: string }[] {
  const zones = new Set(['UTC', current, ...Intl.supportedValuesOf('timeZone')]);
  const now = new Date();
  return [...zones].map((zone) => {
    const parts = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      timeZoneName: 'shortOffset',
    }).formatToParts(now);
    const offset = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
    return { value: zone, label: zone.replaceAll('_', ' '), hint: offset };
  });
}
