import { useId } from 'react';
import { useT } from '@/app/i18n.ts';
import { Switch } from '@/ui/choice.tsx';
import { allFeatures, type Feature } from './queries.ts';

interface FeatureChoiceProps {
  value: readonly Feature[];
  onChange: (features: Feature[]) => void;
  disabled?: boolean;
}

/** What CloudAtlas may do with an account. Looking is the base of everything and stays on. */
export function FeatureChoice({ value, onChange, disabled = false }: FeatureChoiceProps) {
  const t = useT('accounts');
  const id = useId();
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-md border border-line">
      {allFeatures.map((feature) => (
        <li key={feature} className="flex items-start gap-4 px-3 py-2.5">
          <label htmlFor={`${id}-${feature}`} className="min-w-0 flex-1">
            <span className="block font-medium">{t(`feature.${feature}.title`)}</span>
            <span className="block text-ink-2">{t(`feature.${feature}.text`)}</span>
          </label>
          <Switch
            id={`${id}-${feature}`}
            className="mt-1"
            disabled={disabled || feature === 'inventory'}
            checked={value.includes(feature)}
            onCheckedChange={(on) =>
              onChange(allFeatures.filter((other) => (other === feature ? on : value.includes(other))))
            }
          />
        </li>
      ))}
    </ul>
  );
}
