import type { World } from '../aws/world.ts';
import type { FaultSpec } from '../control/faults.ts';
import { buildDemo } from './demo/demo.ts';
import type { ScenarioReport } from './scenarios.ts';

/** A bad day of the cloud: the faults an adapter must live through, all at once and reproducible. */
const BAD_DAY: readonly FaultSpec[] = [
  { effect: { kind: 'throttle' }, every: 6, target: { actions: ['ec2:Describe*'] } },
  { effect: { kind: 'html-error', status: 500 }, every: 11, target: { actions: ['*:Describe*', '*:List*'] } },
  { effect: { kind: 'reset' }, every: 17 },
  { effect: { kind: 'latency', milliseconds: 400 }, every: 5 },
  { effect: { kind: 'deny' }, target: { actions: ['elasticloadbalancing:*'], region: 'eu-west-1' } },
  {
    effect: { kind: 'partial-pages', maxItems: 7 },
    target: { actions: ['ec2:DescribeVolumes', 'ec2:DescribeInstances'] },
  },
  { effect: { kind: 'eventual-consistency', seconds: 8 }, target: { actions: ['ec2:DescribeInstances'] } },
];

/** The demo estate with standing faults. */
export function buildFaults(world: World): Omit<ScenarioReport, 'scenario'> {
  return { ...buildDemo(world), faults: BAD_DAY };
}
