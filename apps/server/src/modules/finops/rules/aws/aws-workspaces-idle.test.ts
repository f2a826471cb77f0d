import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-workspaces-idle.ts';

const workspace = (days: number | null, RunningMode = 'ALWAYS_ON', ConnectionState = 'DISCONNECTED') =>
  makeResource('aws.workspaces.workspace', {
    state: 'running',
    attributes: {
      UserName: 'ana',
      WorkspaceProperties: { RunningMode },
      Connection: {
        ConnectionState,
        ...(days === null ? {} : { LastKnownUserConnectionTimestamp: ago(days).toISOString() }),
      },
    },
  });

describeRule(rule, [
  {
    when: 'nobody for months',
    resource: workspace(100),
    cost: '1.1',
    verdict: 'found',
    monthly: '33.484',
    why: /ana was last connected .* 100 days ago/,
    action: {
      kind: 'operations',
      operations: [{ operation: 'set-running-mode', parameters: { mode: 'AUTO_STOP' } }],
    },
  },
  { when: 'exactly 63 days', resource: workspace(63), cost: '1.1', verdict: 'found' },
  { when: '62 days', resource: workspace(62), cost: '1.1', verdict: 'clear' },
  {
    when: 'never connected',
    resource: workspace(null),
    cost: '1.1',
    verdict: 'found',
    why: /never connected/,
  },
  {
    when: 'first met today, but used long ago',
    resource: { ...workspace(100), createdAt: null, firstSeenAt: ago(0) },
    cost: '1.1',
    verdict: 'found',
  },
  {
    when: 'connected now',
    resource: workspace(100, 'ALWAYS_ON', 'CONNECTED'),
    cost: '1.1',
    verdict: 'clear',
  },
  { when: 'stops by itself already', resource: workspace(100, 'AUTO_STOP'), cost: '1.1', verdict: 'clear' },
  {
    when: 'connections may not be read',
    resource: { ...workspace(100), attributes: { WorkspaceProperties: { RunningMode: 'ALWAYS_ON' } } },
    cost: '1.1',
    verdict: 'missing_permission',
  },
  { when: 'young', resource: { ...workspace(null), createdAt: ago(62) }, cost: '1.1', verdict: 'too_young' },
  { when: 'the bill does not know it', resource: workspace(100), verdict: 'found', monthly: null },
]);
