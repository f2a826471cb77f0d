/** The mark: a globe's graticule. Decorative; the name stands beside it or in a label. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect width="32" height="32" rx="7" className="fill-[oklch(0.475_0.085_212)]" />
      <g fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round">
        <circle cx="16" cy="16" r="9" />
        <path d="M7 16h18M16 7c-5.5 5-5.5 13 0 18M16 7c5.5 5 5.5 13 0 18" />
      </g>
    </svg>
  );
}
