import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { found, LABEL, spec } from '../shared/finding.ts';
import { usage } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';

const ENDPOINT = 'aws.ec2.vpc-endpoint';
const VPC = 'aws.ec2.vpc';
const GIB = 1024 ** 3;
/** Services with free gateway endpoints, by the end of their service name. */
const FREE = [
  ['s3', 'S3'],
  ['dynamodb', 'DynamoDB'],
] as const;

export const rule: Rule = {
  id: 'aws-nat-to-gateway-endpoint',
  provider: 'aws',
  resourceType: 'aws.ec2.nat-gateway',
  needsTypes: [ENDPOINT, VPC],
  category: 'hygiene',
  title: words(
    'NAT gateway without free gateway endpoints beside it',
    'NAT gateway sem endpoints de gateway gratuitos ao lado',
  ),
  criterion: words(
    'More than 10 GiB in 30 days, and its VPC has no gateway endpoint for S3 or DynamoDB.',
    'Mais de 10 GiB em 30 dias, e a VPC não tem endpoint de gateway para S3 ou DynamoDB.',
  ),
  remedy: words(
    'Add the gateway endpoints to the route tables: traffic to these services then costs nothing.',
    'Adicione os endpoints de gateway às tabelas de rotas: o tráfego para esses serviços deixa de custar.',
  ),
  parameters: {
    days: lookback(30, 7, 30),
    gib: parameter('Traffic, more than', 'Tráfego, mais de', 'GiB', [10, 1, 10_000]),
  },
  metrics: [
    { metric: 'network_out', statistic: 'sum' },
    { metric: 'network_in', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M0',
  confidence: 'low',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: null,
  permissions: {
    read: ['ec2:DescribeNatGateways', 'ec2:DescribeVpcEndpoints', 'cloudwatch:GetMetricData'],
    apply: ['ec2:CreateVpcEndpoint'],
    undo: ['ec2:DeleteVpcEndpoints'],
  },
  examine(gateway, facts) {
    if (gateway.state !== 'running') return CLEAR;
    const [vpc] = facts.targets(gateway, 'in_network').filter((r) => r.type === VPC);
    if (!vpc) return skip('not_synchronised', VPC);
    const has = facts
      .sources(vpc, 'in_network')
      .filter((r) => r.type === ENDPOINT && textAt(r.attributes, 'VpcEndpointType') === 'Gateway')
      .map((r) => textAt(r.attributes, 'ServiceName') ?? '');
    const missing = FREE.filter(([end]) => !has.some((name) => name.endsWith(`.${end}`))).map(
      ([, name]) => name,
    );
    if (missing.length === 0) return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(gateway, facts.now) < days) return skip('too_young', `${days} days`);
    const traffic = usage(
      facts,
      gateway,
      [
        ['network_out', LABEL.networkOut],
        ['network_in', LABEL.networkIn],
      ],
      days,
    );
    if (isSkip(traffic)) return traffic;
    if (traffic.total / GIB <= facts.parameter('gib')) return CLEAR;
    const saving = hygiene(
      words(
        'How much of the traffic goes to these services is not measured, so no amount is claimed.',
        'Quanto do tráfego vai para esses serviços não é medido, por isso nenhum valor é declarado.',
      ),
    );
    return found(saving, {
      why: local(
        (f) =>
          `${f.bytes(traffic.total)} in ${f.days(days)}, and the VPC has no gateway endpoint for ${missing.join(' and ')}.`,
        (f) =>
          `${f.bytes(traffic.total)} em ${f.days(days)}, e a VPC não tem endpoint de gateway para ${missing.join(' e ')}.`,
      ),
      recommended: [spec(words('Gateway endpoint', 'Endpoint de gateway'), missing.join(', '))],
      evidence: traffic.evidence,
    });
  },
};
