import { aws } from '../../../../../../../packages/cloud/src/aws/provider.ts';
import type { Connection } from '../../../../../../../packages/cloud/src/contract.ts';
import type { ResourceRef } from '../../../../../../../packages/cloud/src/resource.ts';
import {
  addInstance,
  becomeRunning,
} from '../../../../../../../packages/simulator/src/aws/services/ec2/instance-model.ts';
import {
  ec2Store,
  type Ec2Store,
} from '../../../../../../../packages/simulator/src/aws/services/ec2/store.ts';
import {
  addVolume,
  linkVolume,
} from '../../../../../../../packages/simulator/src/aws/services/ec2/volume-model.ts';
import {
  addLogGroup,
  logsStore,
} from '../../../../../../../packages/simulator/src/aws/services/logs/service.ts';
import { EMPTY_ACCOUNT } from '../../../../../../../packages/simulator/src/scenarios/empty.ts';
import type { Simulator } from '../../../../../../../packages/simulator/src/server.ts';
import { keyOf } from '../../../../../test/support/cloud.ts';
import type { PlannedAction } from '../../rules/rule.ts';

/** A wasteful thing in the simulated account, what a rule would plan for it, and how it looks at the provider. */
export interface Planted {
  ref: ResourceRef;
  undoClass: 'R' | 'S' | 'N';
  action: PlannedAction;
  /** What is there now, without ids that may change, from the simulator's own books. */
  state(): string | Promise<string>;
}

const region = 'us-east-1';
const zone = 'us-east-1a';

/** Makes things in an empty simulated account. */
export class Estate {
  readonly #simulator: Simulator;
  #count = 0;

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  /** A connection of its own that gives up quickly. */
  connect(): Connection {
    const values = keyOf(this.#simulator);
    return aws.connect(
      { method: 'keys', values },
      {
        endpoint: this.#simulator.url,
        limits: { retryForMs: 40, retryDelayMs: { first: 1, largest: 2 }, requestTimeoutMs: 30_000 },
      },
    );
  }

  get ec2(): Ec2Store {
    return this.#account.store(ec2Store, region);
  }

  get #account() {
    const account = this.#simulator.control.world.accounts.get(EMPTY_ACCOUNT);
    if (account === undefined) throw new Error('no account');
    return account;
  }

  #ec2Ref(type: string, kind: string, id: string): ResourceRef {
    return { type, nativeId: this.ec2.arn(kind, id), id, region };
  }

  instance(type = 'm5.xlarge') {
    const { ec2 } = this;
    const subnet = ec2.subnets.list().find(({ data }) => data.AvailabilityZone === zone)?.data;
    const [image] = ec2.publicImages;
    if (subnet === undefined || image === undefined) throw new Error('no subnet or image');
    const entity = addInstance(ec2, {
      type,
      image,
      subnet,
      groupIds: ec2.securityGroups
        .list()
        .slice(0, 1)
        .map(({ id }) => id),
      disks: [{ device: '/dev/xvda', size: 8, type: 'gp3', deleteOnTermination: true }],
      publicIp: false,
      reservationId: `r-${(this.#count += 1)}`,
      tags: [{ Key: 'Name', Value: `host-${this.#count}` }],
    });
    becomeRunning(ec2, entity.data, ec2.world.clock.now());
    const state = () => {
      const now = ec2.instances.get(entity.id)?.data.instance;
      const tags = (now?.Tags ?? []).flatMap(({ Key = '' }) => (Key === 'cloudatlas:token' ? [] : [Key]));
      return `${now?.InstanceType} ${now?.State?.Name} ${tags.toSorted((a, b) => (a < b ? -1 : 1)).join(',')}`;
    };
    return { entity, ref: this.#ec2Ref('aws.ec2.instance', 'instance', entity.id), state };
  }

  volume(more: { type?: 'gp2' | 'gp3'; attached?: boolean } = {}) {
    const { ec2 } = this;
    const name = `disk-${(this.#count += 1)}`;
    const tags = [{ Key: 'Name', Value: name }];
    const entity = addVolume(ec2, { size: 100, type: more.type ?? 'gp2', zone, tags });
    const host = more.attached === true ? this.instance().entity : null;
    if (host !== null) linkVolume(entity, host.data, '/dev/sdf', ec2.world.clock.now(), false);
    /** Volumes of this name with their places, and snapshots of them. */
    const state = () => {
      const mine = ec2.volumes
        .list()
        .map(({ data }) => data.volume)
        .filter((volume) => volume.Tags?.some(({ Value }) => Value === name) && volume.State !== 'deleting');
      const places = mine.map(
        (volume) =>
          `${volume.VolumeType} ${volume.Size} ${volume.Attachments?.map(({ Device }) => Device).join(',')}`,
      );
      const copies = ec2.snapshots.list().filter(({ data }) => data.VolumeId === entity.id);
      return `${places.join('; ') || 'no volume'} / ${copies.length} snapshots`;
    };
    return { entity, ref: this.#ec2Ref('aws.ec2.volume', 'volume', entity.id), state };
  }

  logGroup() {
    const store = this.#account.store(logsStore, region);
    const name = `/app/${(this.#count += 1)}`;
    const { data } = addLogGroup(store, { name });
    const ref = { type: 'aws.logs.log-group', nativeId: data.arn, id: name, region };
    return { ref, state: () => `keeps ${data.retentionDays ?? 'for ever'}` };
  }

  /** Everything actions can be made of, each as one who plants it. */
  readonly kinds: Readonly<Record<string, () => Planted>> = {
    stop: () => {
      const { ref, state } = this.instance();
      return { ref, state, undoClass: 'R', action: operations(['stop']) };
    },
    resize: () => {
      const { ref, state } = this.instance();
      const action = operations(['stop'], ['resize', { instanceType: 'm5.large' }], ['start']);
      return { ref, state, undoClass: 'R', action };
    },
    modify: () => {
      const { ref, state } = this.volume();
      return { ref, state, undoClass: 'R', action: operations(['modify', { volumeType: 'gp3' }]) };
    },
    retention: () => {
      const { ref, state } = this.logGroup();
      return { ref, state, undoClass: 'R', action: operations(['set-retention', { days: '30' }]) };
    },
    snapshot_delete: () => {
      const { ref, state } = this.volume();
      return { ref, state, undoClass: 'S', action: { kind: 'snapshot_delete', operations: [] } };
    },
    detach_snapshot_delete: () => {
      const { ref, state } = this.volume({ attached: true });
      const detach = { operation: 'detach', parameters: {} };
      return { ref, state, undoClass: 'S', action: { kind: 'snapshot_delete', operations: [detach] } };
    },
    quarantine: () => {
      const { ref, state } = this.instance();
      const stop = { operation: 'stop', parameters: {} };
      return { ref, state, undoClass: 'N', action: { kind: 'quarantine_delete', operations: [stop] } };
    },
  };
}

function operations(
  ...calls: readonly [string, Record<string, string>?][]
): Extract<PlannedAction, { kind: 'operations' }> {
  return {
    kind: 'operations',
    operations: calls.map(([operation, parameters = {}]) => ({ operation, parameters })),
  };
}
