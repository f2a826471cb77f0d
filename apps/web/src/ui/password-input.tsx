import { Eye, EyeOff } from 'lucide-react';
import { useState, type ComponentProps } from 'react';
import { useT } from '@/app/i18n.ts';
import { cn } from './cn.ts';
import { Input } from './input.tsx';
import { passwordStrength } from './password-strength.ts';

interface PasswordInputProps extends Omit<ComponentProps<'input'>, 'type'> {
  /** Shows the strength meter for this value (a new password, not a typed one). */
  strengthOf?: string | undefined;
}

const tones = ['bg-line', 'bg-danger', 'bg-warn', 'bg-ok', 'bg-ok'] as const;

/** A password with a show/hide button and, for a new one, a strength meter whose place is always reserved. */
export function PasswordInput({ strengthOf, className, ...rest }: PasswordInputProps) {
  const t = useT('ui');
  const [shown, setShown] = useState(false);
  const strength = strengthOf === undefined ? null : passwordStrength(strengthOf);
  return (
    <div>
      <div className="relative">
        <Input
          type={shown ? 'text' : 'password'}
          className={cn('pr-9', className)}
          autoCapitalize="none"
          spellCheck={false}
          {...rest}
        />
        <button
          type="button"
          aria-label={shown ? t('password.hide') : t('password.show')}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-0 right-0 flex w-9 items-center justify-center rounded-md text-ink-3 hover:text-ink"
        >
          {shown ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
        </button>
      </div>
      {strength === null ? null : (
        <div className="mt-1.5 flex items-center gap-2" role="status">
          <span className="flex flex-1 gap-1" aria-hidden>
            {[1, 2, 3, 4].map((step) => (
              <span
                key={step}
                className={cn('h-1 flex-1 rounded-full', step <= strength ? tones[strength] : 'bg-line')}
              />
            ))}
          </span>
          <span className="w-20 text-right text-2xs text-ink-3">{t(`password.strength.${strength}`)}</span>
        </div>
      )}
    </div>
  );
}
