import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  allFeatures,
  connectAccount,
  eventually,
  startCloudStage,
  type CloudStage,
} from '../../../../test/support/cloud.ts';
import type { SimulatorOptions } from '../../../../../../packages/simulator/src/server.ts';

/** Time enough for a busy machine. */
export const patience = 240_000;

/** The product beside a simulated cloud with a cost lake of its own. */
export interface SavingsStage extends CloudStage {
  workspaceId: string;
  /** Calls a path below …/finops as the owner. */
  finops(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    below: string,
    body?: unknown,
  ): ReturnType<CloudStage['owner']['call']>;
  /** Connects the scenario's account and waits for its first synchronisation. @returns its id */
  connect(label?: string): Promise<string>;
  /** Fetches the bill and waits until it is there. */
  importCosts(accountId: string): Promise<void>;
  /** Starts a scan and waits for its end. @returns the scan */
  // oxlint-disable-next-line no-explicit-any -- an answer of the API
  scan(): Promise<any>;
}

export async function startSavingsStage(
  options: SimulatorOptions & { work?: boolean } = {},
): Promise<SavingsStage> {
  const home = await mkdtemp(path.join(tmpdir(), 'atlas-savings-'));
  const stage = await startCloudStage({ ...options, env: { ATLAS_DATA_DIR: home } });
  const { tenancy, costs } = stage.atlas.application.services;
  const workspaceId = await tenancy.workspaceId(stage.organizationId, 'main');
  if (workspaceId === null) throw new Error('the stage has no workspace');
  const scope = { organizationId: stage.organizationId, workspaceId };
  const finops: SavingsStage['finops'] = (method, below, body) =>
    stage.owner.call(method, `${stage.base}/finops${below}`, body);

  return {
    ...stage,
    workspaceId,
    finops,
    async connect(label = 'admin') {
      const { id } = await connectAccount(stage, { label, features: allFeatures });
      await eventually(
        () => stage.owner.get(`${stage.base}/sync-runs`),
        ({ body }) =>
          body.items.length > 0 && body.items.every((run: { status: string }) => run.status !== 'running'),
        patience,
      );
      return id;
    },
    async importCosts(accountId) {
      await costs.configureSource(scope, { actor: { kind: 'system', id: null, label: 'test' } }, accountId, {
        mode: 'export',
        location: { container: 'aurora-cost-exports', region: 'us-east-1', prefix: 'exports' },
      });
      await eventually(
        async () => ({
          sources: await stage.owner.get(`${stage.base}/costs/sources`),
          imports: await stage.owner.get(`${stage.base}/costs/imports`),
        }),
        ({ sources, imports }) =>
          sources.body.items.some((source: { status: string }) => source.status === 'ok') &&
          !imports.body.items.some((item: { status: string }) =>
            ['receiving', 'queued', 'running'].includes(item.status),
          ),
        patience,
      );
    },
    async scan() {
      for (;;) {
        const started = await finops('POST', '/scans');
        if (started.status !== 202) throw new Error(JSON.stringify(started.body));
        const ended = await eventually(
          () => finops('GET', `/scans/${started.body.id}`),
          ({ body }) => body.status !== 'running',
          patience,
        );
        // One that was under way may have begun before what the test has done.
        if (ended.body.trigger === 'manual') return ended.body;
      }
    },
    async close() {
      await stage.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
