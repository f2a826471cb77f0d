import tls from 'node:tls';
import { allFeatures, eventually } from '../../../../test/support/cloud.ts';
import { patience, type SavingsStage } from './stage.ts';

/** The form values of the scenario's administrator at a provider. */
export function applicationOf(stage: Pick<SavingsStage, 'simulator'>, provider: 'azure' | 'm365') {
  const label = `${provider}-admin`;
  const found = stage.simulator.control.report?.applications?.find((one) => one.label === label);
  if (!found) throw new Error(`the scenario has no application ${label}`);
  const { tenantId, clientId, clientSecret, subscriptionId } = found;
  return {
    method: 'client_secret',
    values: { tenantId, clientId, clientSecret, ...(subscriptionId ? { subscriptionId } : {}) },
  };
}

/**
 * Connects the scenario's Azure subscription and Microsoft 365 tenant, waits for their resources and asks Azure's cost
 * service, which tells sums by service and resource.
 * @returns what makes the process trust its former certificates again
 */
export async function connectMicrosoft(stage: SavingsStage): Promise<() => void> {
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, stage.simulator.microsoft.ca]);
  const azure = await connect(stage, 'azure');
  await connect(stage, 'm365');
  await eventually(
    () => stage.owner.get(`${stage.base}/sync-runs`),
    ({ body }) =>
      body.items.length >= 2 && body.items.every((run: { status: string }) => run.status !== 'running'),
    patience,
  );
  const scope = { organizationId: stage.organizationId, workspaceId: stage.workspaceId };
  const actor = { actor: { kind: 'system', id: null, label: 'test' } } as const;
  await stage.atlas.application.services.costs.configureSource(scope, actor, azure, { mode: 'query' });
  await eventually(
    () => stage.owner.get(`${stage.base}/costs/sources`),
    ({ body }) =>
      body.items.some(
        (source: { accountId: string; status: string }) =>
          source.accountId === azure && source.status === 'ok',
      ),
    patience,
  );
  return () => tls.setDefaultCACertificates(before);
}

async function connect(stage: SavingsStage, provider: 'azure' | 'm365'): Promise<string> {
  const answer = await stage.owner.post(`${stage.base}/accounts`, {
    provider,
    endpoint: 'microsoft',
    name: provider,
    credentials: applicationOf(stage, provider),
    features: allFeatures,
  });
  if (answer.status !== 201) throw new Error(`connecting: ${JSON.stringify(answer.body)}`);
  return answer.body.id;
}
