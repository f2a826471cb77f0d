import type { Rule } from '../rule.ts';
import { flagAt, numberAt, textAt } from '../shared/attributes.ts';
import { found, operations, spec } from '../shared/finding.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';

/** A majority of three survives the loss of one; more add cost and no safety below hundreds of nodes. */
const ENOUGH = 3;
const MASTERS = words('Dedicated masters', 'Nós mestres dedicados');

export const rule: Rule = {
  id: 'aws-opensearch-masters',
  provider: 'aws',
  resourceType: 'aws.opensearch.domain',
  category: 'hygiene',
  title: words('OpenSearch domain with too many masters', 'Domínio OpenSearch com nós mestres demais'),
  criterion: words('More than 3 dedicated master nodes.', 'Mais de 3 nós mestres dedicados.'),
  remedy: words(
    'Set three masters. The domain is changed beside the running one; undo sets the number back.',
    'Defina três mestres. O domínio é alterado em paralelo ao que está no ar; desfazer restaura o número.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'medium',
  effort: 'medium',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'modify' }],
  permissions: {
    read: ['es:DescribeDomains'],
    apply: ['es:UpdateDomainConfig'],
    undo: ['es:UpdateDomainConfig'],
  },
  claims: 'setting',
  examine(domain) {
    const count = numberAt(domain.attributes, 'ClusterConfig', 'DedicatedMasterCount') ?? 0;
    if (domain.state !== 'running' || !flagAt(domain.attributes, 'ClusterConfig', 'DedicatedMasterEnabled'))
      return CLEAR;
    if (count <= ENOUGH) return CLEAR;
    const type = textAt(domain.attributes, 'ClusterConfig', 'DedicatedMasterType') ?? '–';
    const saving = hygiene(
      words(
        'The bill does not tell masters from data nodes, so no amount is claimed.',
        'A fatura não separa mestres de nós de dados, por isso nenhum valor é declarado.',
      ),
    );
    return found(saving, {
      why: local(
        (f) => `${f.n(count, 0)} dedicated masters of type ${type}; three are enough.`,
        (f) => `${f.n(count, 0)} nós mestres dedicados do tipo ${type}; três bastam.`,
      ),
      current: [spec(MASTERS, count)],
      recommended: [spec(MASTERS, ENOUGH)],
      action: operations({ operation: 'modify', parameters: { masterCount: ENOUGH } }),
    });
  },
};
