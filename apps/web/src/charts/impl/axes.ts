/** Looks shared by the axes of all charts. */
export const axisTick = { fill: 'var(--ink-3)', fontSize: 11 } as const;
export const gridStroke = 'var(--line)';

/** Whether charts may move. */
export const animate = !matchMedia('(prefers-reduced-motion: reduce)').matches;
