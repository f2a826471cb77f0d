import { startSimulator } from '../../../../packages/simulator/src/server.ts';

export interface Key {
  accessKeyId: string;
  secretAccessKey: string;
}

/**
 * Access keys of the demo estate by label. They follow from the seed: those of a twin are those of the simulator that
 * the product under test has started.
 */
export async function demoKeys(): Promise<(label: string) => Key> {
  const twin = await startSimulator({ scenario: 'demo' });
  const keys = twin.control.report?.keys ?? [];
  await twin.close();
  return (label) => {
    const key = keys.find((candidate) => candidate.label === label);
    if (key === undefined) throw new Error(`the demo scenario has no key ${label}`);
    return key;
  };
}
