import { TriangleAlert } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useT } from '@/app/i18n.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { Input } from './input.tsx';

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Exactly what happens, what it costs or saves, and whether it can be undone. */
  children: ReactNode;
  confirmLabel: string;
  destructive?: boolean;
  /** Only for what cannot be undone: this text must be typed first. */
  typeToConfirm?: string;
  /** The work; the dialog closes when it ends well, and shows the message of what it throws otherwise. */
  onConfirm: () => Promise<unknown>;
  /** Turns a thrown error into words. */
  explain: (error: unknown) => string;
}

/** The question itself; see ConfirmDialog. */
export function ConfirmForm(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, children, confirmLabel, destructive = false, typeToConfirm } = props;
  const t = useT('ui');
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const ready = typeToConfirm === undefined || typed.trim() === typeToConfirm;

  const close = (next: boolean): void => {
    if (busy) return;
    setTyped('');
    setProblem(undefined);
    onOpenChange(next);
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await props.onConfirm();
      setTyped('');
      onOpenChange(false);
    } catch (error) {
      setProblem(props.explain(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog open={open} onOpenChange={close} title={title} width="md">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <div className="flex gap-3">
          {destructive ? (
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger-text" />
          ) : null}
          <div className="min-w-0 flex-1 space-y-2 text-ink-2">{children}</div>
        </div>
        {typeToConfirm === undefined ? null : (
          <Field label={t('confirm.type', { text: typeToConfirm })}>
            {(control) => (
              <Input
                {...control}
                autoFocus
                autoComplete="off"
                spellCheck={false}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        )}
        {problem === undefined ? null : (
          <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger-text">
            {problem}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => close(false)}>{t('confirm.cancel')}</Button>
          <Button
            type="submit"
            variant={destructive ? 'danger' : 'primary'}
            loading={busy}
            disabledReason={ready ? undefined : t('confirm.typeFirst')}
          >
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
