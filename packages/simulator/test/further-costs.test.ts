import { ModifyWorkspacePropertiesCommand, WorkSpacesClient } from '@aws-sdk/client-workspaces';
import { PauseClusterCommand, RedshiftClient, ResumeClusterCommand } from '@aws-sdk/client-redshift';
import { SageMakerClient, StopNotebookInstanceCommand } from '@aws-sdk/client-sagemaker';
import { UpdateServiceCommand, ECSClient } from '@aws-sdk/client-ecs';
import { DeleteVpcEndpointsCommand, DescribeVpcEndpointsCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dailyLedger } from '../src/aws/ledger/ledger.ts';
import { startSimulator, type Simulator } from '../src/server.ts';
import { clientConfig, ec2Client } from './support.ts';

const DAY = 86_400;
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
});
afterAll(() => simulator.close());

/** USD of the last whole day of the bill, for lines that pass a test. */
function lastDay(passes: (usageType: string, service: string) => boolean): number {
  const { world } = simulator.control;
  const account = world.accounts.get('210987654321');
  if (!account) throw new Error('the demo has no account');
  const ledger = dailyLedger(world, account);
  let nanos = 0;
  for (const { nanos: days } of ledger.amounts((l) => passes(l.meter.usageType, l.meter.service)))
    nanos += days[ledger.count - 2] ?? 0;
  return nanos / 1e9;
}

function pass(days: number): void {
  simulator.control.advance(days * DAY);
}

test('what is paused, made smaller or deleted costs less from then on, and more again when it is back', async () => {
  const redshift = new RedshiftClient({ ...clientConfig(simulator), region: 'eu-west-1' });
  const sagemaker = new SageMakerClient({ ...clientConfig(simulator), region: 'us-east-1' });
  const ecs = new ECSClient({ ...clientConfig(simulator), region: 'sa-east-1' });
  const ec2 = ec2Client(simulator, 'admin', 'us-east-1');
  const warehouse = () => lastDay((_usage, service) => service === 'Amazon Redshift');
  const notebook = () => lastDay((usage) => usage.startsWith('Notebk:'));
  const tasks = () => lastDay((usage) => usage.startsWith('SAE1-Fargate'));
  const endpoints = () => lastDay((usage) => usage === 'VpcEndpoint-Hours');
  const before = [warehouse(), notebook(), tasks(), endpoints()];
  for (const amount of before) expect(amount).toBeGreaterThan(0.1);

  const ClusterIdentifier = 'analytics-dw-2024';
  await redshift.send(new PauseClusterCommand({ ClusterIdentifier }));
  await sagemaker.send(new StopNotebookInstanceCommand({ NotebookInstanceName: 'pricing-study' }));
  await ecs.send(
    new UpdateServiceCommand({ cluster: 'intranet', service: 'intranet-portal', desiredCount: 1 }),
  );
  const there = await ec2.send(new DescribeVpcEndpointsCommand({}));
  await ec2.send(
    new DeleteVpcEndpointsCommand({
      VpcEndpointIds: (there.VpcEndpoints ?? []).flatMap((e) => e.VpcEndpointId ?? []),
    }),
  );
  pass(4);
  expect(warehouse()).toBe(0);
  expect(notebook()).toBe(0);
  expect(tasks()).toBeCloseTo((before[2] ?? 0) / 2, 6);
  expect(endpoints()).toBe(0);

  await redshift.send(new ResumeClusterCommand({ ClusterIdentifier }));
  pass(4);
  expect(warehouse()).toBeCloseTo(before[0] ?? 0, 6);
  for (const client of [redshift, sagemaker, ecs, ec2]) client.destroy();
});

test('a refused change is told in the words of the service', async () => {
  const client = new WorkSpacesClient({ ...clientConfig(simulator), region: 'us-east-1' });
  await expect(
    client.send(
      new ModifyWorkspacePropertiesCommand({
        WorkspaceId: 'ws-000000000',
        WorkspaceProperties: { RunningMode: 'AUTO_STOP' },
      }),
    ),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  client.destroy();
});
