import { FeatureChoice } from '../feature-choice.tsx';
import type { Feature } from '../queries.ts';
import { StepButtons } from './step-buttons.tsx';

interface FeaturesStepProps {
  value: readonly Feature[];
  onChange: (features: Feature[]) => void;
  onBack: () => void;
  onNext: () => void;
}

/** What CloudAtlas may do; the policy of the next step holds just that. */
export function FeaturesStep({ value, onChange, onBack, onNext }: FeaturesStepProps) {
  return (
    <>
      <FeatureChoice value={value} onChange={onChange} />
      <StepButtons onBack={onBack} onNext={onNext} />
    </>
  );
}
