import { AccessTemplates } from '../access-templates.tsx';
import type { Feature } from '../queries.ts';
import { StepButtons } from './step-buttons.tsx';

interface AccessStepProps {
  provider: string;
  features: readonly Feature[];
  onBack: () => void;
  onNext: () => void;
}

/** What to paste at the provider. */
export function AccessStep({ provider, features, onBack, onNext }: AccessStepProps) {
  return (
    <>
      <AccessTemplates provider={provider} features={features} />
      <StepButtons onBack={onBack} onNext={onNext} />
    </>
  );
}
