import type { Rule } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { quarantineDelete } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { CLEAR } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { addressPrice } from './addresses.ts';
import { bare } from './bare.ts';

export const rule: Rule = {
  id: 'azure-public-ip-idle',
  provider: 'azure',
  resourceType: 'azure.network.public_ip',
  category: 'orphan',
  title: words('Idle public IP address', 'Endereço IP público ocioso'),
  criterion: words(
    'Associated with nothing. Azure tells neither when it was made nor since when it is free, so waiting counts from our first sight.',
    'Não associado a nada. A Azure não informa quando foi criado nem desde quando está livre, por isso a espera conta da nossa primeira leitura.',
  ),
  remedy: words(
    'Set aside for 24 hours, then released. A released address can rarely be had again.',
    'Separado por 24 horas e depois liberado. Um endereço liberado raramente pode ser recuperado.',
  ),
  parameters: {
    days: parameter(
      'Days without association, at least',
      'Dias sem associação, no mínimo',
      'days',
      [0, 0, 90],
    ),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: 'quarantine_delete',
  operations: [],
  permissions: {
    read: ['Microsoft.Network/publicIPAddresses/read'],
    apply: ['Microsoft.Resources/tags/write', 'Microsoft.Network/publicIPAddresses/delete'],
    undo: ['Microsoft.Resources/tags/write'],
  },
  examine(address, facts) {
    if (address.state !== 'available') return CLEAR;
    const ip = textAt(address.attributes, 'ipAddress') ?? address.name;
    return bare(address, facts, {
      why: local(
        () => `${ip} is associated with nothing.`,
        () => `${ip} não está associado a nada.`,
      ),
      saving: addressPrice(address, facts),
      evidence: [fact(words('Address', 'Endereço'), ip)],
      action: quarantineDelete(),
    });
  },
};
