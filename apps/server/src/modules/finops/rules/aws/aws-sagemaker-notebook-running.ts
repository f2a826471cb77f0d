import type { Rule } from '../rule.ts';
import { daysSince, instantIn } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, operations, sizeSpec, stateSpec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';

export const rule: Rule = {
  id: 'aws-sagemaker-notebook-running',
  provider: 'aws',
  resourceType: 'aws.sagemaker.notebook-instance',
  category: 'idle',
  title: words('Notebook that runs for days', 'Notebook em execução há dias'),
  criterion: words(
    'Running without a stop for 7 days or more. Whether somebody works in it is not told, so this is a hint.',
    'Em execução sem parar há 7 dias ou mais. Se alguém trabalha nele não é informado, portanto é um indício.',
  ),
  remedy: words(
    'Stop it; its volume stays. Undo starts it.',
    'Pare-o; o volume permanece. Desfazer o inicia.',
  ),
  parameters: {
    days: parameter('Days running, at least', 'Dias em execução, no mínimo', 'days', [7, 1, 90]),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'low',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'stop' }],
  permissions: {
    read: ['sagemaker:ListNotebookInstances'],
    apply: ['sagemaker:StopNotebookInstance'],
    undo: ['sagemaker:StartNotebookInstance'],
  },
  examine(notebook, facts) {
    if (notebook.state !== 'running') return CLEAR;
    // Each start is a modification, so the last one is where this run began or later.
    const began =
      notebook.stateSince ?? instantIn(textAt(notebook.attributes, 'LastModifiedTime')) ?? notebook.createdAt;
    if (!began) return skip('wrong_state', 'since when it runs is not known');
    const running = daysSince(began, facts.now);
    const days = facts.parameter('days');
    if (running < days) return skip('too_young', `${days} days`);
    return found(wholeCost(facts, notebook), {
      why: local(
        (f) => `Running for ${f.days(Math.floor(running))}, since ${f.date(began)}.`,
        (f) => `Em execução há ${f.days(Math.floor(running))}, desde ${f.date(began)}.`,
      ),
      current: [...sizeSpec(notebook), stateSpec('running')],
      recommended: [stateSpec('stopped')],
      evidence: [fact(words('Running since', 'Em execução desde'), began.toISOString())],
      action: operations('stop'),
    });
  },
};
