import type { Rule } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';
import { found } from '../shared/finding.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { familyOf, splitType } from './data/instance-families.ts';
import { INSTANCE, typeAndSystem } from './instances.ts';
import { cheapest, currentShape, shapeOf, shapeSpec } from './sizing.ts';

export const rule: Rule = {
  id: 'aws-ec2-graviton',
  provider: 'aws',
  resourceType: INSTANCE,
  category: 'modernize',
  title: words('EC2 instance could run on arm64', 'Instância EC2 poderia rodar em arm64'),
  criterion: words(
    'x86 with Linux, and the arm64 type with the same vCPU and memory costs less in the region.',
    'x86 com Linux, e o tipo arm64 com a mesma vCPU e memória custa menos na região.',
  ),
  remedy: words(
    'Build the image for arm64 and replace the instance; the type cannot be changed in place.',
    'Gere a imagem para arm64 e substitua a instância; o tipo não pode ser trocado no lugar.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M2',
  confidence: 'low',
  effort: 'high',
  restart: true,
  undoClass: 'N',
  action: null,
  permissions: { read: ['ec2:DescribeInstances', 'pricing:GetProducts'], apply: [], undo: [] },
  examine(instance, facts) {
    if (instance.state !== 'running') return CLEAR;
    const sold = typeAndSystem(instance);
    if (isSkip(sold)) return sold;
    const family = familyOf(sold.type);
    if (!family) return skip('unknown_size', sold.type);
    const arch = textAt(instance.attributes, 'Architecture') ?? family.arch;
    if (sold.os !== 'linux' || arch !== 'x86_64' || family.arm === undefined) return CLEAR;
    const shape = currentShape(instance, sold.type);
    if (isSkip(shape)) return shape;
    const next = shapeOf(`${family.arm}.${splitType(sold.type)[1]}`);
    const same = next && next.cpus >= shape.cpus && next.memoryGiB >= shape.memoryGiB ? [next] : [];
    const target = cheapest(facts, instance.region, sold.os, sold.type, same);
    if (!target) return CLEAR;
    if (isSkip(target)) return target;
    return found(priceRatio(facts, instance, target), {
      why: local(
        (f) =>
          `${target.shape.type} (arm64) has the same size as ${sold.type} and costs ${f.exact(target.next)} instead of ${f.exact(target.now)} an hour. The software must run on arm64.`,
        (f) =>
          `${target.shape.type} (arm64) tem o mesmo tamanho de ${sold.type} e custa ${f.exact(target.next)} em vez de ${f.exact(target.now)} por hora. O software precisa rodar em arm64.`,
      ),
      current: shapeSpec(shape),
      recommended: shapeSpec(target.shape),
    });
  },
};
