import { cn } from './cn.ts';

/** Dark enough for white text in both themes. */
const backgrounds = [
  'bg-[oklch(0.47_0.08_212)]',
  'bg-[oklch(0.47_0.09_60)]',
  'bg-[oklch(0.46_0.12_300)]',
  'bg-[oklch(0.45_0.09_155)]',
  'bg-[oklch(0.47_0.12_20)]',
  'bg-[oklch(0.46_0.11_255)]',
];

/** Stable small number of a text, so a person keeps their colour. */
function hueOf(text: string): number {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % backgrounds.length;
}

interface AvatarProps {
  /** Name or e-mail; the initials come from it. */
  name: string;
  size?: 'sm' | 'md' | 'lg';
  /** Organizations are squares, people circles. */
  square?: boolean;
}

const sizes = { sm: 'size-5 text-[0.5625rem]', md: 'size-7 text-2xs', lg: 'size-12 text-base' } as const;

/** Initials on a colour; decorative, the name stands beside it. Drawn by CSS, so they are nobody's accessible name. */
export function Avatar({ name, size = 'md', square = false }: AvatarProps) {
  const words = name.split(/[\s@._-]+/).filter(Boolean);
  const initials =
    `${words[0]?.[0] ?? '?'}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
  return (
    <span
      aria-hidden
      data-initials={initials}
      className={cn(
        'inline-flex shrink-0 select-none before:content-[attr(data-initials)] items-center justify-center font-semibold text-white',
        sizes[size],
        square ? 'rounded-[22%]' : 'rounded-full',
        backgrounds[hueOf(name)],
      )}
    />
  );
}
