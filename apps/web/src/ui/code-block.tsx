import { CopyButton } from './copy-button.tsx';

interface CodeBlockProps {
  code: string;
  /** Accessible name; the block scrolls and takes focus. */
  label: string;
}

/** Text for machines, with a button that copies it. */
export function CodeBlock({ code, label }: CodeBlockProps) {
  return (
    <div className="relative min-w-0 rounded-md border border-line bg-sunken">
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className="max-h-96 overflow-auto rounded-md p-3 pr-12 font-mono text-xs leading-5"
      >
        <code>{code}</code>
      </pre>
      <div className="absolute right-1.5 top-1.5 rounded-md bg-sunken">
        <CopyButton text={code} />
      </div>
    </div>
  );
}
