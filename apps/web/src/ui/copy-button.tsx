import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { Button, IconButton } from './button.tsx';
import { toast } from './toast-store.ts';

interface CopyButtonProps {
  text: string;
  /** With a label it is a full button, without one a square. */
  label?: string;
  /** What the square copies, where "Copy" says too little. */
  name?: string;
  variant?: 'secondary' | 'ghost';
}

/** Copies text and says so for two seconds. */
export function CopyButton({ text, label, name, variant = 'secondary' }: CopyButtonProps) {
  const t = useT('ui');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => toast.error(t('copy.failed')),
    );
  };
  const icon = copied ? <Check className="text-ok-text" /> : <Copy />;
  if (label === undefined) {
    return (
      <IconButton label={copied ? t('copy.done') : (name ?? t('copy.action'))} size="sm" onClick={copy}>
        {icon}
      </IconButton>
    );
  }
  return (
    <Button variant={variant} onClick={copy}>
      {icon}
      <span aria-live="polite">{copied ? t('copy.done') : label}</span>
    </Button>
  );
}
