import type { Simulator } from '../src/server.ts';

/** The credentials of a scenario key by label. */
export function credentialsOf(
  simulator: Simulator,
  label: string,
): { accessKeyId: string; secretAccessKey: string } {
  const key = simulator.control.report?.keys.find((k) => k.label === label);
  if (!key) throw new Error(`the scenario has no key ${label}`);
  return { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey };
}
