import type { CloudProblem } from '@cloudatlas/contracts/cloud';
import i18next from 'i18next';
import { useT } from '@/app/i18n.ts';

/** A provider's refusal in words: what it means, which permission is missing, what the provider said. */
export function useProblemWords(): (problem: CloudProblem) => { title: string; hint: string } {
  const t = useT('cloud');
  return (problem) => {
    const kind = i18next.exists(`problem.${problem.kind}.title`, { ns: 'cloud' }) ? problem.kind : 'unknown';
    const hint =
      problem.kind === 'denied' && problem.action !== undefined
        ? t('problemDeniedAction', { action: problem.action })
        : t(`problem.${kind}.hint`);
    return { title: t(`problem.${kind}.title`), hint };
  };
}

/** The problem as a paragraph, with the provider's own message below. */
export function ProblemText({ problem }: { problem: CloudProblem }) {
  const { title, hint } = useProblemWords()(problem);
  return (
    <div className="min-w-0">
      <p className="font-medium">{title}</p>
      <p>{hint}</p>
      <p className="mt-1 font-mono text-xs break-words opacity-90">
        {problem.call === undefined ? '' : `${problem.call}: `}
        {problem.message}
      </p>
    </div>
  );
}
