import type { Rule } from '../rule.ts';
import { ageDays, daysSince, instantIn } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, operations, sizeSpec, spec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';

const MODE = words('Running mode', 'Modo de execução');

export const rule: Rule = {
  id: 'aws-workspaces-idle',
  provider: 'aws',
  resourceType: 'aws.workspaces.workspace',
  category: 'idle',
  title: words('Idle WorkSpace that is always on', 'WorkSpace ocioso sempre ligado'),
  criterion: words(
    'Always on, and nobody connected for 63 days or more.',
    'Sempre ligado, e ninguém se conectou há 63 dias ou mais.',
  ),
  remedy: words(
    'Let it stop by itself: it is then charged by the hour of use plus a small base fee, which is not taken off here. Undo sets it to always on.',
    'Deixe-o parar sozinho: passa a ser cobrado por hora de uso mais uma pequena taxa fixa, não descontada aqui. Desfazer volta a sempre ligado.',
  ),
  parameters: {
    days: parameter(
      'Days without connection, at least',
      'Dias sem conexão, no mínimo',
      'days',
      [63, 14, 365],
    ),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'set-running-mode' }],
  permissions: {
    read: ['workspaces:DescribeWorkspaces', 'workspaces:DescribeWorkspacesConnectionStatus'],
    apply: ['workspaces:ModifyWorkspaceProperties'],
    undo: ['workspaces:ModifyWorkspaceProperties'],
  },
  examine(workspace, facts) {
    if (textAt(workspace.attributes, 'WorkspaceProperties', 'RunningMode') !== 'ALWAYS_ON') return CLEAR;
    const days = facts.parameter('days');
    const state = textAt(workspace.attributes, 'Connection', 'ConnectionState');
    if (state === undefined)
      return skip('missing_permission', 'workspaces:DescribeWorkspacesConnectionStatus');
    if (state === 'CONNECTED') return CLEAR;
    const last = instantIn(textAt(workspace.attributes, 'Connection', 'LastKnownUserConnectionTimestamp'));
    if (last && daysSince(last, facts.now) < days) return CLEAR;
    // AWS does not say when it was made; a connection long ago shows its age.
    if (!last && ageDays(workspace, facts.now) < days) return skip('too_young', `${days} days`);
    const user = textAt(workspace.attributes, 'UserName') ?? workspace.name;
    return found(wholeCost(facts, workspace), {
      why: last
        ? local(
            (f) =>
              `${user} was last connected on ${f.date(last)}, ${f.days(Math.floor(daysSince(last, facts.now)))} ago.`,
            (f) =>
              `${user} se conectou pela última vez em ${f.date(last)}, há ${f.days(Math.floor(daysSince(last, facts.now)))}.`,
          )
        : words(`${user} was never connected.`, `${user} nunca se conectou.`),
      current: [...sizeSpec(workspace), spec(MODE, 'ALWAYS_ON')],
      recommended: [spec(MODE, 'AUTO_STOP')],
      evidence: last ? [fact(words('Last connection', 'Última conexão'), last.toISOString())] : [],
      action: operations({ operation: 'set-running-mode', parameters: { mode: 'AUTO_STOP' } }),
    });
  },
};
