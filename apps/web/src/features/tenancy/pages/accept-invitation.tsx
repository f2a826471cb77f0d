import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from 'react-router';
import { isApiError } from '@/app/api.ts';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { describeError, explainError } from '@/app/problem.ts';
import { signInPath } from '@/app/return-to.ts';
import { signOut, useMaybeMe } from '@/app/session.ts';
import { AuthCard } from '@/features/identity/auth-card.tsx';
import { tokenFromHash } from '@/features/identity/link-token.ts';
import { Button } from '@/ui/button.tsx';
import { FormError, Notice } from '@/ui/form.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { tenancyApi, type InvitationPreviewView } from '../queries.ts';

/** Opened from the mail: says who invites to what, and joins once the right person is signed in. */
export function AcceptInvitation() {
  const t = useT('tenancy');
  const { hash, pathname } = useLocation();
  const token = tokenFromHash(hash);
  const me = useMaybeMe();
  const { data, error } = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => tenancyApi.previewInvitation(token ?? ''),
    enabled: token !== null,
    staleTime: Infinity,
  });
  if (token === null || error !== null) {
    const broken = token === null || isApiError(error, 'not_found', 'invalid_token', 'validation_failed');
    return (
      <AuthCard
        title={broken ? t('accept.brokenTitle') : describeError(error).title}
        text={broken ? t('accept.brokenText') : describeError(error).detail}
      >
        <Button asChild>
          <Link to={paths.root}>{t('accept.home')}</Link>
        </Button>
      </AuthCard>
    );
  }
  if (data === undefined || me === undefined) {
    return (
      <AuthCard title={t('accept.loading')}>
        <SkeletonLines />
      </AuthCard>
    );
  }
  const returnTo = `${pathname}${hash}`;
  return (
    <AuthCard title={t('accept.title', { organization: data.organizationName })}>
      <Facts preview={data} />
      {me === null ? (
        <>
          <p className="text-ink-2">{t('accept.needAccount', { email: data.email })}</p>
          <Button asChild variant="primary" size="lg">
            <Link to={signInPath(returnTo)}>{t('accept.signIn')}</Link>
          </Button>
          <Button asChild size="lg">
            <Link
              to={`${paths.signUp}?email=${encodeURIComponent(data.email)}&returnTo=${encodeURIComponent(returnTo)}`}
            >
              {t('accept.signUp')}
            </Link>
          </Button>
        </>
      ) : me.email.toLowerCase() === data.email.toLowerCase() ? (
        <Accept token={token} />
      ) : (
        <Notice
          tone="warn"
          action={<Button onClick={() => void signOut()}>{t('shell:user.signOut')}</Button>}
        >
          {t('accept.otherPerson', { email: data.email, me: me.email })}
        </Notice>
      )}
    </AuthCard>
  );
}

function Facts({ preview }: { preview: InvitationPreviewView }) {
  const t = useT('tenancy');
  const format = useFormat();
  const facts = [
    [t('accept.invitedBy'), preview.invitedBy],
    [t('accept.for'), preview.email],
    [t('members.role'), t(`ui:role.${preview.role}`)],
    [t('accept.until'), format.dateTime(preview.expiresAt)],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 rounded-md border border-line bg-sunken p-4">
      {facts.map(([term, value]) => (
        <div key={term} className="contents">
          <dt className="text-ink-3">{term}</dt>
          <dd className="min-w-0 truncate font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Accept({ token }: { token: string }) {
  const t = useT('tenancy');
  const navigate = useNavigate();
  const client = useQueryClient();
  const accept = useMutation({
    mutationFn: () => tenancyApi.acceptInvitation(token),
    onSuccess: async (organization) => {
      await client.invalidateQueries({ queryKey: ['orgs'] });
      void navigate(paths.organization(organization.slug), { replace: true });
    },
  });
  return (
    <>
      <FormError message={accept.error === null ? undefined : explainError(accept.error)} />
      <Button variant="primary" size="lg" loading={accept.isPending} onClick={() => accept.mutate()}>
        {t('accept.join')}
      </Button>
    </>
  );
}
