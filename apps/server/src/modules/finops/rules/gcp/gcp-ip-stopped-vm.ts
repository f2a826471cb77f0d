import type { Rule } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, stateSpec } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { listHours } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { machineOf, stoppedDays, VM } from './machines.ts';
import { reading } from './permissions.ts';

export const rule: Rule = {
  id: 'gcp-ip-stopped-vm',
  provider: 'gcp',
  resourceType: 'gcp.compute.address',
  needsTypes: [VM],
  category: 'idle',
  title: words('Static IP address of a machine that is off', 'Endereço IP estático de uma máquina desligada'),
  criterion: words(
    'Used by a machine that has been stopped for 7 days or more: it is billed as unused.',
    'Usado por uma máquina parada há 7 dias ou mais: é cobrado como sem uso.',
  ),
  remedy: words(
    'Release it when the machine can do with another one. Advice: the address is lost.',
    'Libere-o se a máquina puder usar outro. Recomendação: o endereço se perde.',
  ),
  parameters: { days: minimumAge(7, 1, 365) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: null,
  permissions: reading('compute.addresses.list', 'compute.instances.list'),
  examine(address, facts) {
    if (address.state !== 'in_use' || textAt(address.attributes, 'addressType') === 'INTERNAL') return CLEAR;
    const vm = machineOf(address, facts);
    if (vm?.state !== 'stopped') return CLEAR;
    const days = stoppedDays(vm, facts.now);
    if (days === undefined) return skip('wrong_state', 'since when the machine is stopped is not known');
    const limit = facts.parameter('days');
    if (days < limit) return skip('too_young', `${limit} days`);
    return found(listHours(facts, address, { product: 'ip_address', region: address.region }), {
      why: local(
        (f) => `Its machine ${vm.name} has been stopped for ${f.days(Math.floor(days))}.`,
        (f) => `A máquina ${vm.name} está parada há ${f.days(Math.floor(days))}.`,
      ),
      current: [stateSpec('in_use')],
      recommended: [stateSpec('deleted')],
      evidence: [fact(words('Machine', 'Máquina'), vm.name)],
    });
  },
};
