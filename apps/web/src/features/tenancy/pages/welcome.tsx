import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { signOut, useMe } from '@/app/session.ts';
import { Logo } from '@/app/shell/logo.tsx';
import { useTitle } from '@/app/shell/page.tsx';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { Stepper } from '@/ui/progress.tsx';
import { organizationsQuery, tenancyApi } from '../queries.ts';
import { slugify } from '../slug.ts';

/** First steps: an organization, then a workspace in it. Also reached to make a further organization. */
export function Welcome() {
  const t = useT('tenancy');
  const me = useMe();
  useTitle(t('welcome.title'));
  const { data: organizations } = useQuery(organizationsQuery);
  const [created, setCreated] = useState<{ slug: string; name: string }>();
  return (
    <div className="flex min-h-dvh flex-col bg-canvas px-4 py-5 sm:px-8">
      <header className="flex items-center gap-2.5">
        <Logo className="size-7" />
        <span className="flex-1 text-lg font-semibold tracking-tight">CloudAtlas</span>
        <span className="hidden truncate text-ink-2 sm:block">{me.email}</span>
        <Button variant="ghost" onClick={() => void signOut()}>
          {t('shell:user.signOut')}
        </Button>
      </header>
      <main className="mx-auto flex w-full max-w-lg flex-1 flex-col justify-center gap-6 py-10">
        <Stepper
          label={t('welcome.steps')}
          steps={[t('welcome.organization'), t('welcome.workspace')]}
          current={created === undefined ? 0 : 1}
        />
        <div className="rounded-xl border border-line bg-surface p-6 shadow-raised sm:p-8">
          {created === undefined ? (
            <OrganizationStep name={me.name} onCreated={setCreated} />
          ) : (
            <WorkspaceStep organization={created} />
          )}
        </div>
        {created === undefined && organizations !== undefined && organizations.length > 0 ? (
          <Link
            to={paths.root}
            className="self-center text-ink-2 underline underline-offset-3 hover:text-ink"
          >
            {t('welcome.back')}
          </Link>
        ) : null}
      </main>
    </div>
  );
}

interface OrganizationStepProps {
  name: string;
  onCreated: (organization: { slug: string; name: string }) => void;
}

function OrganizationStep({ name, onCreated }: OrganizationStepProps) {
  const t = useT('tenancy');
  const client = useQueryClient();
  const { form, register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('../forms.ts')).OrganizationForm,
    { name: '', slug: '' },
  );
  const typed = form.watch('name');
  const create = submit(async (values) => {
    const slug = values.slug === '' ? {} : { slug: values.slug };
    const organization = await tenancyApi.createOrganization({ name: values.name, ...slug });
    await client.invalidateQueries({ queryKey: organizationsQuery.queryKey });
    onCreated(organization);
  });
  return (
    <form onSubmit={create} noValidate className="flex flex-col gap-4">
      <div>
        <h1 className="text-xl font-semibold tracking-tight">
          {t('welcome.hello', { name: name.split(' ')[0] })}
        </h1>
        <p className="mt-1 text-ink-2">{t('welcome.organizationText')}</p>
      </div>
      <Field label={t('welcome.organizationName')} error={errorOf('name')}>
        {(control) => <Input {...control} autoFocus autoComplete="organization" {...register('name')} />}
      </Field>
      <Field
        label={t('slug.label')}
        optional={t('slug.optional')}
        error={errorOf('slug')}
        help={t('slug.help', { example: slugify(typed) || 'acme' })}
      >
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            spellCheck={false}
            placeholder={slugify(typed)}
            {...register('slug')}
          />
        )}
      </Field>
      <FormError message={rootError} />
      <Button type="submit" variant="primary" size="lg" loading={busy}>
        {t('welcome.createOrganization')}
      </Button>
    </form>
  );
}

function WorkspaceStep({ organization }: { organization: { slug: string; name: string } }) {
  const t = useT('tenancy');
  const navigate = useNavigate();
  const client = useQueryClient();
  const { register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('../forms.ts')).FirstWorkspaceForm,
    {
      name: t('welcome.workspaceDefault'),
    },
  );
  const create = submit(async ({ name }) => {
    const workspace = await tenancyApi.createWorkspace(organization.slug, { name });
    await client.invalidateQueries({ queryKey: ['org', organization.slug] });
    void navigate(paths.workspace(organization.slug, workspace.slug), { replace: true });
  });
  return (
    <form onSubmit={create} noValidate className="flex flex-col gap-4">
      <div>
        <h1 className="text-xl font-semibold tracking-tight">{t('welcome.workspaceTitle')}</h1>
        <p className="mt-1 text-ink-2">{t('welcome.workspaceText', { organization: organization.name })}</p>
      </div>
      <Field label={t('workspaces.name')} error={errorOf('name')}>
        {(control) => <Input {...control} autoFocus {...register('name')} />}
      </Field>
      <FormError message={rootError} />
      <Button type="submit" variant="primary" size="lg" loading={busy}>
        {t('welcome.createWorkspace')}
      </Button>
    </form>
  );
}
