import { useMutation } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useOrganization } from '@/app/scope.tsx';
import { Button } from '@/ui/button.tsx';
import { toast } from '@/ui/toast-store.ts';
import { verifyAudit } from './queries.ts';

/** Has the server check the whole hash chain, and says the result. */
export function VerifyButton() {
  const t = useT('audit');
  const format = useFormat();
  const organization = useOrganization();
  const verify = useMutation({
    mutationFn: () => verifyAudit(organization.slug),
    onSuccess: (result) => {
      if (result.valid) {
        toast.success(t('verify.valid'), {
          detail: t('verify.validDetail', {
            count: result.entries,
            formatted: format.number(result.entries),
          }),
        });
      } else {
        toast.error(t('verify.broken'), {
          detail: t('verify.brokenDetail', { sequence: result.brokenAt, reason: result.reason }),
        });
      }
    },
    onError: (error) => toast.error(explainError(error)),
  });
  return (
    <Button loading={verify.isPending} onClick={() => verify.mutate()}>
      <ShieldCheck /> {t('verify.action')}
    </Button>
  );
}
