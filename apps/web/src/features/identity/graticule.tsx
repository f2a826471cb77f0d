/** Meridians and parallels of a globe in orthographic projection, tilted a little; decorative. */
const radius = 100;
const tilt = 0.42;

/** Screen position of a place on the near side; null on the far one. Angles in radians. */
function project(longitude: number, latitude: number): [number, number] | null {
  const x = Math.cos(latitude) * Math.sin(longitude);
  const y = Math.sin(latitude) * Math.cos(tilt) - Math.cos(latitude) * Math.cos(longitude) * Math.sin(tilt);
  const depth =
    Math.sin(latitude) * Math.sin(tilt) + Math.cos(latitude) * Math.cos(longitude) * Math.cos(tilt);
  return depth < 0 ? null : [x * radius, -y * radius];
}

/** SVG path through the visible ones of some places. */
function pathOf(places: readonly [number, number][]): string {
  let drawing = false;
  return places
    .map(([longitude, latitude]) => {
      const point = project(longitude, latitude);
      const command = drawing ? 'L' : 'M';
      drawing = point !== null;
      return point === null ? '' : `${command}${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
    })
    .join('');
}

const steps = Array.from({ length: 73 }, (_, index) => index / 72);
const meridians = Array.from({ length: 24 }, (_, index) =>
  pathOf(steps.map((step) => [(index * Math.PI) / 12, (step - 0.5) * Math.PI])),
);
const parallels = Array.from({ length: 11 }, (_, index) =>
  pathOf(steps.map((step) => [(step - 0.5) * 2 * Math.PI, ((index - 5) * Math.PI) / 12])),
);

/** Where the big cloud regions lie (longitude, latitude in degrees; the globe is turned to the Atlantic). */
const regions: readonly [number, number, string][] = [
  [-77, 39, 'fill-aws'],
  [-122, 45, 'fill-aws'],
  [-46, -23, 'fill-aws'],
  [-6, 53, 'fill-azure'],
  [8, 50, 'fill-azure'],
  [-99, 19, 'fill-azure'],
  [-80, 33, 'fill-gcp'],
  [4, 50, 'fill-gcp'],
  [-70, -33, 'fill-gcp'],
  [-0.1, 51, 'fill-m365'],
  [28, -26, 'fill-azure'],
];
const centre = -40;

export function Graticule({ className }: { className?: string }) {
  return (
    <svg viewBox="-104 -104 208 208" aria-hidden className={className}>
      <g fill="none" stroke="currentColor" strokeWidth="0.35">
        <circle r={radius} />
        {[...meridians, ...parallels].map((path) => (
          <path key={path} d={path} />
        ))}
      </g>
      {regions.map(([longitude, latitude, fill]) => {
        const point = project(((longitude - centre) * Math.PI) / 180, (latitude * Math.PI) / 180);
        return point === null ? null : (
          <g key={`${longitude} ${latitude}`} className={fill}>
            <circle cx={point[0]} cy={point[1]} r="2.6" opacity="0.25" />
            <circle cx={point[0]} cy={point[1]} r="1" />
          </g>
        );
      })}
    </svg>
  );
}
