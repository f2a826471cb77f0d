import type { ReactNode } from 'react';
import { useTitle } from '@/app/shell/page.tsx';

interface AuthCardProps {
  title: string;
  text?: ReactNode;
  /** The way to a neighbouring page, under the form. */
  footer?: ReactNode;
  children?: ReactNode;
}

/** Heading, form and footer of a page before sign-in. */
export function AuthCard({ title, text, footer, children }: AuthCardProps) {
  useTitle(title);
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      {text === undefined ? null : <p className="mt-1.5 text-base text-ink-2">{text}</p>}
      <div className="mt-6 flex flex-col gap-4">{children}</div>
      {footer === undefined ? null : <p className="mt-6 text-ink-2">{footer}</p>}
    </>
  );
}

/** Looks of a link inside running text. */
export const textLink = 'font-medium text-accent-text underline underline-offset-3 hover:decoration-2';
