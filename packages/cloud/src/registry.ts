import type { Provider } from './contract.ts';
import { unsupported } from './errors.ts';

/** Adapters by provider id; each is loaded when it is first asked for. */
const PROVIDERS: Readonly<Record<string, () => Promise<Provider>>> = {
  aws: async () => (await import('./aws/provider.ts')).aws,
  azure: async () => (await import('./azure/provider.ts')).azure,
  m365: async () => (await import('./m365/provider.ts')).m365,
  gcp: async () => (await import('./gcp/provider.ts')).gcp,
};

/** Ids of the providers that can be connected. */
export const providerIds: readonly string[] = Object.keys(PROVIDERS);

/** Loads a provider's adapter; throws `unsupported` for an unknown id. */
export async function loadProvider(id: string): Promise<Provider> {
  const load = Object.hasOwn(PROVIDERS, id) ? PROVIDERS[id] : undefined;
  if (!load) throw unsupported(`there is no provider ${id}`);
  return load();
}
