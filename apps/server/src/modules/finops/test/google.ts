import { allFeatures, eventually } from '../../../../test/support/cloud.ts';
import { patience, type SavingsStage } from './stage.ts';

/** The form values of the scenario's administrator at Google Cloud. */
export function serviceAccountOf(stage: Pick<SavingsStage, 'simulator'>, label = 'gcp-admin') {
  const found = stage.simulator.control.report?.serviceAccounts?.find((one) => one.label === label);
  if (!found) throw new Error(`the scenario has no service account ${label}`);
  return {
    method: 'service_account',
    values: { serviceAccountKey: found.key, billingTable: found.billingTable },
  };
}

/**
 * Connects the scenario's project, waits for its resources and asks the billing export, which tells costs by service and
 * resource. @returns the account's id
 */
export async function connectGoogle(stage: SavingsStage): Promise<string> {
  const answer = await stage.owner.post(`${stage.base}/accounts`, {
    provider: 'gcp',
    endpoint: 'google',
    name: 'Google Cloud',
    credentials: serviceAccountOf(stage),
    features: allFeatures,
  });
  if (answer.status !== 201) throw new Error(`connecting: ${JSON.stringify(answer.body)}`);
  const { id } = answer.body;
  await eventually(
    () => stage.owner.get(`${stage.base}/sync-runs`),
    ({ body }) =>
      body.items.length > 0 && body.items.every((run: { status: string }) => run.status !== 'running'),
    patience,
  );
  const scope = { organizationId: stage.organizationId, workspaceId: stage.workspaceId };
  const actor = { actor: { kind: 'system', id: null, label: 'test' } } as const;
  await stage.atlas.application.services.costs.configureSource(scope, actor, id, { mode: 'query' });
  await eventually(
    async () => ({
      sources: await stage.owner.get(`${stage.base}/costs/sources`),
      imports: await stage.owner.get(`${stage.base}/costs/imports`),
    }),
    ({ sources, imports }) =>
      sources.body.items.some(
        (source: { accountId: string; status: string }) => source.accountId === id && source.status === 'ok',
      ) &&
      !imports.body.items.some((item: { status: string }) =>
        ['receiving', 'queued', 'running'].includes(item.status),
      ),
    patience,
  );
  return id;
}
