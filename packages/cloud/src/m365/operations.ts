import type { AssignedLicense } from '@microsoft/microsoft-graph-types';
import { invalidInput } from '../errors.ts';
import type { OperationResult } from '../operations.ts';
import type { Json, Resource } from '../resource.ts';
import { textList } from '../shared/parameters.ts';
import type { M365Operation } from './scope.ts';

interface HeldLicence {
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
}

function licencesOf(resource: Resource | undefined): readonly HeldLicence[] {
  const held: Json | undefined = resource?.attributes['licences'];
  return Array.isArray(held) ? (held as unknown as HeldLicence[]) : [];
}

const done = (more: Partial<OperationResult> = {}): OperationResult => ({
  status: 'done',
  created: [],
  ...more,
});

const SKUS = {
  name: 'skuIds',
  label: 'Licences',
  help: 'Product (SKU) IDs.',
  kind: 'multiselect',
  required: true,
  max: 50,
} as const;

/** Service plans that stay switched off, by SKU: what a removal remembers so that its undo is exact. */
const DISABLED_PLANS = {
  name: 'disabledPlans',
  label: 'Service plans left off',
  kind: 'json',
  required: false,
} as const;

function plansOf(value: Json | undefined, skuId: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const plans = Object.hasOwn(value, skuId) ? value[skuId] : undefined;
  return Array.isArray(plans) ? plans.filter((plan) => typeof plan === 'string') : [];
}

const WRITE_LICENCES = ['LicenseAssignment.ReadWrite.All'];

const remove: M365Operation = {
  descriptor: {
    id: 'remove-licenses',
    type: 'm365.users.user',
    label: 'Remove licences',
    parameters: [SKUS],
    confirm: 'simple',
    dryRun: false,
    undo: 'assign-licenses',
    actions: WRITE_LICENCES,
  },
  async run({ scope, resource, before, parameters }) {
    const wanted = new Set(textList(parameters, 'skuIds'));
    const held = licencesOf(before).filter((licence) => wanted.has(licence.skuId));
    // Those it does not hold any more make Graph refuse the whole request.
    const skuIds = held.map((licence) => licence.skuId);
    await scope.send('POST', `/users/${encodeURIComponent(resource.id)}/assignLicense`, {
      addLicenses: [],
      removeLicenses: skuIds,
    });
    const disabledPlans = Object.fromEntries(
      held.filter((l) => l.disabledPlans.length > 0).map((l) => [l.skuId, [...l.disabledPlans]]),
    );
    return done({ undo: { operation: 'assign-licenses', parameters: { skuIds, disabledPlans } } });
  },
  evidence(seen, { parameters }) {
    const held = new Set(licencesOf(seen).map((licence) => licence.skuId));
    return textList(parameters, 'skuIds').some((skuId) => held.has(skuId)) ? 'no' : 'yes';
  },
};

const assign: M365Operation = {
  descriptor: {
    id: 'assign-licenses',
    type: 'm365.users.user',
    label: 'Assign licences',
    parameters: [SKUS, DISABLED_PLANS],
    confirm: 'simple',
    dryRun: false,
    undo: 'remove-licenses',
    actions: WRITE_LICENCES,
  },
  async run({ scope, resource, before, parameters }) {
    const held = new Set(licencesOf(before).map((licence) => licence.skuId));
    const skuIds = textList(parameters, 'skuIds').filter((skuId) => !held.has(skuId));
    const location = before?.attributes['usageLocation'];
    if (typeof location !== 'string' || location === '')
      throw invalidInput([
        { field: 'skuIds', message: 'the user has no usage location, which licences need' },
      ]);
    const addLicenses: AssignedLicense[] = skuIds.map((skuId) => ({
      skuId,
      disabledPlans: plansOf(parameters['disabledPlans'], skuId),
    }));
    await scope.send('POST', `/users/${encodeURIComponent(resource.id)}/assignLicense`, {
      addLicenses,
      removeLicenses: [],
    });
    return done({ undo: { operation: 'remove-licenses', parameters: { skuIds } } });
  },
  evidence(seen, { parameters }) {
    const held = new Set(licencesOf(seen).map((licence) => licence.skuId));
    return textList(parameters, 'skuIds').every((skuId) => held.has(skuId)) ? 'yes' : 'no';
  },
};

/** Blocks or allows sign-in; sessions that are open end within the hour. */
function access(id: 'disable' | 'enable', enabled: boolean): M365Operation {
  const undo = enabled ? 'disable' : 'enable';
  return {
    descriptor: {
      id,
      type: 'm365.users.user',
      label: enabled ? 'Allow sign-in' : 'Block sign-in',
      parameters: [],
      confirm: 'simple',
      dryRun: false,
      undo,
      actions: ['User.EnableDisableAccount.All'],
    },
    async run({ scope, resource }) {
      await scope.send('PATCH', `/users/${encodeURIComponent(resource.id)}`, { accountEnabled: enabled });
      return done({ undo: { operation: undo, parameters: {} } });
    },
    evidence: (seen) => (seen?.state === (enabled ? 'active' : 'stopped') ? 'yes' : 'no'),
  };
}

/** Everything that can be done in a tenant. */
export const OPERATIONS: readonly M365Operation[] = [
  remove,
  assign,
  access('disable', false),
  access('enable', true),
];
