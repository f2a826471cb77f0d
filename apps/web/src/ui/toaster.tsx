import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { useT } from '@/app/i18n.ts';
import { Button, IconButton } from './button.tsx';
import { dismissToast, useToasts } from './toast-store.ts';

const icons = {
  ok: <CircleCheck className="size-4 text-ok-text" />,
  danger: <CircleAlert className="size-4 text-danger-text" />,
  neutral: <Info className="size-4 text-ink-2" />,
} as const;

/** Shows the toasts, bottom right; F8 moves focus there. Errors stay longer. */
export function Toaster() {
  const t = useT('ui');
  const messages = useToasts();
  return (
    <Toast.Provider label={t('toast.label')} swipeDirection="right">
      {messages.map((message) => (
        <Toast.Root
          key={message.id}
          type={message.tone === 'danger' ? 'foreground' : 'background'}
          duration={message.tone === 'danger' ? 10_000 : 5000}
          onOpenChange={(open) => {
            if (!open) dismissToast(message.id);
          }}
          className="flex animate-in items-start gap-2.5 rounded-lg border border-line bg-surface p-3 shadow-float"
        >
          <span className="mt-0.5 shrink-0">{icons[message.tone]}</span>
          <div className="min-w-0 flex-1">
            <Toast.Title className="font-medium">{message.text}</Toast.Title>
            {message.detail === undefined ? null : (
              <Toast.Description className="mt-0.5 text-ink-2">{message.detail}</Toast.Description>
            )}
          </div>
          {message.action === undefined ? null : (
            <Toast.Action asChild altText={message.action.label}>
              <Button size="sm" onClick={message.action.run}>
                {message.action.label}
              </Button>
            </Toast.Action>
          )}
          <Toast.Close asChild>
            <IconButton label={t('toast.dismiss')} size="sm" className="-m-1">
              <X />
            </IconButton>
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport
        label={t('toast.region')}
        className="fixed inset-x-3 bottom-3 z-60 flex flex-col gap-2 outline-none sm:left-auto sm:w-96"
      />
    </Toast.Provider>
  );
}
