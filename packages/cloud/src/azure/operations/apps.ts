import type { Field } from '../../fields.ts';
import { text } from '../../shared/parameters.ts';
import { armId, type AzureOperation } from '../scope.ts';
import { act, answer, descriptor, toggle } from './model.ts';

const TIER: Field = {
  name: 'tier',
  label: 'Access tier',
  kind: 'select',
  required: true,
  options: ['Hot', 'Cool', 'Cold'].map((value) => ({ value, label: value })),
};

export const storage: AzureOperation = {
  descriptor: descriptor({
    type: 'azure.storage.account',
    id: 'set-tier',
    label: 'Set default access tier',
    parameters: [TIER],
    undo: 'set-tier',
    actions: ['Microsoft.Storage/storageAccounts/write'],
  }),
  async run({ scope, resource, before, parameters }) {
    const { group, names } = armId(resource.nativeId);
    const accessTier = text(parameters, 'tier') as 'Hot' | 'Cool' | 'Cold';
    await act(scope, 'storage', 'Microsoft.Storage/storageAccounts/write', (c, o) =>
      c.storageAccounts.update(group, names[0] ?? '', { accessTier }, o),
    );
    const former = before?.attributes['accessTier'];
    return answer(
      'done',
      typeof former === 'string' ? { undo: { operation: 'set-tier', parameters: { tier: former } } } : {},
    );
  },
  evidence: (seen, { parameters }) =>
    seen?.attributes['accessTier'] === text(parameters, 'tier') ? 'yes' : 'no',
};

export const apps: readonly AzureOperation[] = [
  toggle(
    {
      type: 'azure.web.site',
      id: 'start',
      label: 'Start',
      states: ['stopped'],
      confirm: 'none',
      undo: 'stop',
      actions: ['Microsoft.Web/sites/start/action'],
    },
    'web',
    'running',
    (c, { group, names }, o) => c.webApps.start(group, names[0] ?? '', o),
  ),
  toggle(
    {
      type: 'azure.web.site',
      id: 'stop',
      label: 'Stop',
      states: ['running'],
      undo: 'start',
      actions: ['Microsoft.Web/sites/stop/action'],
    },
    'web',
    'stopped',
    (c, { group, names }, o) => c.webApps.stop(group, names[0] ?? '', o),
  ),
  toggle(
    {
      type: 'azure.aks.cluster',
      id: 'start',
      label: 'Start',
      states: ['stopped'],
      confirm: 'none',
      undo: 'stop',
      actions: ['Microsoft.ContainerService/managedClusters/start/action'],
    },
    'aks',
    'running',
    (c, { group, names }, o) => c.managedClusters.beginStart(group, names[0] ?? '', o),
  ),
  toggle(
    {
      type: 'azure.aks.cluster',
      id: 'stop',
      label: 'Stop',
      states: ['running'],
      undo: 'start',
      actions: ['Microsoft.ContainerService/managedClusters/stop/action'],
    },
    'aks',
    'stopped',
    (c, { group, names }, o) => c.managedClusters.beginStop(group, names[0] ?? '', o),
  ),
];
