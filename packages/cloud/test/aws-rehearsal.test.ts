import { afterAll, beforeAll, expect, test } from 'vitest';
import { ec2Store } from '../../simulator/src/aws/services/ec2/store.ts';
import { addVolume } from '../../simulator/src/aws/services/ec2/volume-model.ts';
import { EMPTY_ACCOUNT } from '../../simulator/src/scenarios/empty.ts';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import type { Connection } from '../src/contract.ts';
import { connect } from './support.ts';

let simulator: Simulator;
let connection: Connection;
const region = 'us-east-1';

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty' });
  connection = connect(simulator);
});
afterAll(async () => {
  connection.close();
  await simulator.close();
});

function volume() {
  const store = simulator.control.world.accounts.get(EMPTY_ACCOUNT)?.store(ec2Store, region);
  if (store === undefined) throw new Error('no store');
  const { id } = addVolume(store, { size: 100, type: 'gp2', zone: `${region}a` });
  const ref = { type: 'aws.ec2.volume', nativeId: store.arn('volume', id), id, region };
  return { ref, type: () => store.volumes.get(id)?.data.volume.VolumeType };
}

test('a rehearsal tells the way back that the operation will answer, and changes nothing', async () => {
  const { ref, type } = volume();
  const request = {
    operation: 'modify',
    resource: ref,
    parameters: { volumeType: 'gp3' },
    clientToken: 'order-00000001',
  };
  simulator.control.requests.clear();
  const rehearsed = await connection.rehearse(request);
  const calls = simulator.control.requests.list().map(({ operation }) => operation);
  expect(calls.filter((operation) => !/^(Describe|Get)/.test(operation))).toEqual([]);
  expect([type(), rehearsed.before?.size?.sku]).toEqual(['gp2', 'gp2']);
  const done = await connection.operate(request);
  expect(rehearsed.undo?.parameters).toEqual(done.undo?.parameters);
  expect(rehearsed.undo?.notBefore).toEqual(expect.any(String));
});

test('what is not there has no way back; what the provider refuses to answer is an error', async () => {
  const gone = { type: 'aws.ec2.volume', nativeId: 'x', id: 'vol-0123456789abcdef0', region };
  const request = { operation: 'modify', resource: gone, parameters: {}, clientToken: 'order-00000002' };
  expect(await connection.rehearse(request)).toEqual({ created: [] });
  simulator.control.addFault({ effect: { kind: 'deny' }, target: { actions: ['ec2:DescribeVolumes'] } });
  await expect(connection.rehearse({ ...request, resource: volume().ref })).rejects.toMatchObject({
    kind: 'denied',
  });
  simulator.control.faults.clear();
});
