import type { CloudProvider } from '@cloudatlas/contracts/accounts';
import { useId } from 'react';
import { useT } from '@/app/i18n.ts';
import { useFormat } from '@/app/format.ts';
import { useLabels } from '../labels.ts';
import { StepButtons } from './step-buttons.tsx';

interface ProviderStepProps {
  providers: readonly CloudProvider[];
  value: string;
  onChange: (id: string) => void;
  onNext: () => void;
}

/** Which cloud. */
export function ProviderStep({ providers, value, onChange, onNext }: ProviderStepProps) {
  const t = useT('accounts');
  const labels = useLabels();
  const format = useFormat();
  const name = useId();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== '') onNext();
      }}
    >
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="sr-only">{t('connect.step.provider')}</legend>
        {providers.map((provider) => (
          <label
            key={provider.id}
            htmlFor={`${name}-${provider.id}`}
            className="flex cursor-pointer items-start gap-3 rounded-lg border border-line-strong p-3 hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              id={`${name}-${provider.id}`}
              aria-label={labels.provider(provider.id)}
              name={name}
              value={provider.id}
              checked={provider.id === value}
              onChange={() => onChange(provider.id)}
              className="mt-1 accent-(--accent)"
            />
            <span className="min-w-0">
              <span className="flex items-center gap-1.5 font-semibold">
                <span
                  aria-hidden
                  className="size-2 rounded-xs"
                  style={{ background: `var(--${provider.id}, var(--ink-3))` }}
                />
                {labels.provider(provider.id)}
              </span>
              <span className="block text-xs text-ink-2">
                {format.list(
                  provider.services.slice(0, 4).map((service) => labels.service(provider.id, service.id)),
                )}
                {provider.services.length > 4
                  ? ` ${t('connect.more', { count: provider.services.length - 4 })}`
                  : ''}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <StepButtons disabledReason={value === '' ? t('connect.chooseProvider') : undefined} />
    </form>
  );
}
