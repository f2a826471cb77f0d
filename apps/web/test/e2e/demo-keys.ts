import { ofDemo } from './providers.ts';

export interface Key {
  accessKeyId: string;
  secretAccessKey: string;
}

/** Access keys of the demo estate by label. */
export async function demoKeys(): Promise<(label: string) => Key> {
  const keys = await ofDemo(({ report }) => report?.keys);
  return (label) => {
    const key = keys.find((candidate) => candidate.label === label);
    if (key === undefined) throw new Error(`the demo scenario has no key ${label}`);
    return key;
  };
}
