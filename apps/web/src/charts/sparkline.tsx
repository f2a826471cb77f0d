interface SparklineProps {
  /** Oldest first. */
  values: readonly number[];
  /** What it shows, for those who do not see it. */
  label: string;
  color?: string;
  width?: number;
  height?: number;
  /** Begins at zero, for amounts: small changes then look small. */
  fromZero?: boolean;
}

/** A line without axes, small enough for a table cell; plain SVG, so it costs nothing to load. */
export function Sparkline({
  values,
  label,
  color = 'var(--series-1)',
  width = 96,
  height = 24,
  fromZero = false,
}: SparklineProps) {
  const low = Math.min(...values, ...(fromZero ? [0] : []));
  const span = Math.max(...values, ...(fromZero ? [0] : [])) - low;
  const x = (index: number): number =>
    values.length < 2 ? width / 2 : (index / (values.length - 1)) * width;
  const y = (value: number): number =>
    span === 0 ? height / 2 : height - 2 - ((value - low) / span) * (height - 4);
  const line = values
    .map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
  return (
    <svg role="img" aria-label={label} width={width} height={height} className="inline-block align-middle">
      {values.length < 2 ? null : (
        <path d={`${line}L${width} ${height}L0 ${height}Z`} fill={color} opacity={0.12} />
      )}
      <path d={line} fill="none" stroke={color} strokeWidth={1.5} strokeLinejoin="round" />
    </svg>
  );
}
