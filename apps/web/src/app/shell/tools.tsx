import { features } from '@/features.ts';

/** Small controls the features bring to every page. */
const tools = features.flatMap((feature) => feature.tools ?? []);

/** Beside the user menu, in the column and in the bar of a phone. */
export function Tools() {
  return tools.map((Tool, index) => <Tool key={index} />);
}
