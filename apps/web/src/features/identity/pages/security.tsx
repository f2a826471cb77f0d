import { Page } from '@/app/shell/page.tsx';
import { useT } from '@/app/i18n.ts';
import { MfaCard } from '../mfa-card.tsx';
import { PasswordCard } from '../password-card.tsx';
import { SessionsCard } from '../sessions-card.tsx';

/** Password, second factor and sessions. */
export function Security() {
  const t = useT('identity');
  return (
    <Page title={t('security.title')} width="narrow">
      <PasswordCard />
      <MfaCard />
      <SessionsCard />
    </Page>
  );
}
