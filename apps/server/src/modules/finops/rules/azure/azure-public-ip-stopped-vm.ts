import type { Rule } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, stateSpec } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { CLEAR, isSkip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { addressPrice } from './addresses.ts';
import { offSince } from './deallocated.ts';
import { VM } from './machines.ts';
import { METRICS_READ, reading } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-public-ip-stopped-vm',
  provider: 'azure',
  resourceType: 'azure.network.public_ip',
  needsTypes: ['azure.network.nic', VM],
  category: 'orphan',
  title: words('Public IP address of a machine that is off', 'Endereço IP público de uma máquina desligada'),
  criterion: words(
    'Belongs to a machine that has been deallocated for 30 days or more.',
    'Pertence a uma máquina desalocada há 30 dias ou mais.',
  ),
  remedy: words(
    'Dissociate and release it if the machine may come back with another. Advice.',
    'Desassocie e libere se a máquina puder voltar com outro. Recomendação.',
  ),
  parameters: { days: minimumAge(30, 7, 60) },
  metrics: [{ metric: 'cpu_utilization', statistic: 'average', type: VM }],
  lookbackDays: 60,
  saving: 'M3',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: null,
  permissions: reading(
    'Microsoft.Network/publicIPAddresses/read',
    'Microsoft.Network/networkInterfaces/read',
    'Microsoft.Compute/virtualMachines/read',
    METRICS_READ,
  ),
  examine(address, facts) {
    if (address.state !== 'in_use') return CLEAR;
    const nic = facts.targets(address, 'attached_to').find((other) => other.type === 'azure.network.nic');
    const vm = nic && facts.targets(nic, 'attached_to').find((other) => other.type === VM);
    const off = vm && offSince(vm, facts, facts.parameter('days'));
    if (!vm || !off) return CLEAR;
    if (isSkip(off)) return off;
    const ip = textAt(address.attributes, 'ipAddress') ?? address.name;
    return found(addressPrice(address, facts), {
      why: local(
        (f) =>
          `${ip} belongs to ${vm.name}, which has been off for ${f.days(Math.floor(off.days))} or longer.`,
        (f) => `${ip} pertence a ${vm.name}, desligada há ${f.days(Math.floor(off.days))} ou mais.`,
      ),
      current: [stateSpec('in_use')],
      recommended: [stateSpec('deleted')],
      evidence: [fact(words('Machine', 'Máquina'), vm.name)],
    });
  },
};
