import { useState } from 'react';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { Button } from '@/ui/button.tsx';
import { CopyButton } from '@/ui/copy-button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { PasswordInput } from '@/ui/password-input.tsx';
import { Stepper } from '@/ui/progress.tsx';
import { Qr } from '@/ui/qr.tsx';
import { accountApi } from './queries.ts';
import { RecoveryCodesView } from './recovery-codes.tsx';

interface TotpEnrolDialogProps {
  onClose: () => void;
  onEnrolled: () => Promise<void>;
}

interface Enrolment {
  secret: string;
  otpauthUrl: string;
}

/** Password, then QR code and first code, then the recovery codes. */
export function TotpEnrolDialog({ onClose, onEnrolled }: TotpEnrolDialogProps) {
  const t = useT('identity');
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const [codes, setCodes] = useState<readonly string[]>();
  const step = codes !== undefined ? 2 : enrolment !== undefined ? 1 : 0;
  return (
    <Dialog open onOpenChange={onClose} title={t('enrol.title')}>
      <div className="flex flex-col gap-4">
        <Stepper
          label={t('enrol.steps')}
          steps={[t('enrol.stepPassword'), t('enrol.stepApp'), t('enrol.stepCodes')]}
          current={step}
        />
        {codes !== undefined ? <RecoveryCodesView codes={codes} onDone={onClose} /> : null}
        {step === 0 ? <PasswordStep onDone={setEnrolment} /> : null}
        {step === 1 && enrolment !== undefined ? (
          <AppStep
            enrolment={enrolment}
            onDone={(next) => {
              setCodes(next);
              void onEnrolled();
            }}
          />
        ) : null}
      </div>
    </Dialog>
  );
}

function PasswordStep({ onDone }: { onDone: (enrolment: Enrolment) => void }) {
  const t = useT('identity');
  const { register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('@cloudatlas/contracts/identity')).ConfirmPasswordBody,
    { password: '' },
  );
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={submit(async ({ password }) => onDone(await accountApi.startTotp(password)))}
    >
      <Field label={t('field.currentPassword')} error={errorOf('password')} help={t('enrol.passwordHelp')}>
        {(control) => (
          <PasswordInput {...control} autoComplete="current-password" {...register('password')} />
        )}
      </Field>
      <FormError message={rootError} />
      <Button type="submit" variant="primary" className="self-end" loading={busy}>
        {t('enrol.next')}
      </Button>
    </form>
  );
}

function AppStep({
  enrolment,
  onDone,
}: {
  enrolment: Enrolment;
  onDone: (codes: readonly string[]) => void;
}) {
  const t = useT('identity');
  const { register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('@cloudatlas/contracts/identity')).TotpConfirmBody,
    { code: '' },
  );
  const grouped = enrolment.secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={submit(async ({ code }) => onDone((await accountApi.confirmTotp(code)).recoveryCodes))}
    >
      <p className="text-ink-2">{t('enrol.scan')}</p>
      <div className="flex flex-wrap items-center gap-5">
        <Qr value={enrolment.otpauthUrl} title={t('enrol.qr')} />
        <div className="min-w-0 flex-1 basis-44">
          <p className="text-xs text-ink-3">{t('enrol.secret')}</p>
          <p className="mt-1 flex items-start gap-1">
            <code className="min-w-0 flex-1 font-mono text-sm leading-6">{grouped}</code>
            <CopyButton text={enrolment.secret} />
          </p>
        </div>
      </div>
      <Field label={t('enrol.code')} error={errorOf('code')}>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            maxLength={6}
            autoComplete="one-time-code"
            className="num h-10! max-w-44 text-center font-mono text-lg! tracking-[0.25em]"
            {...register('code')}
          />
        )}
      </Field>
      <FormError message={rootError} />
      <Button type="submit" variant="primary" className="self-end" loading={busy}>
        {t('enrol.confirm')}
      </Button>
    </form>
  );
}
