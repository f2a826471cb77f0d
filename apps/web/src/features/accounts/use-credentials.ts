import type { CloudProvider } from '@cloudatlas/contracts/accounts';
import { useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { checkForm, initialValues, inputOf, textOf, type FieldErrors } from './form/rules.ts';
import type { CheckAccount, CredentialMethod } from './queries.ts';

const textsOf = (method: CredentialMethod | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(initialValues(method?.fields ?? [])).map(([name, value]) => [name, textOf(value)]),
  );

/** State of a credentials form. The values live in this component only and are gone with it. */
export function useCredentials(provider: CloudProvider | undefined, firstMethod?: string) {
  const t = useT('cloud');
  const [chosen, setChosen] = useState(firstMethod);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [errors, setErrors] = useState<FieldErrors>({});
  const method =
    provider?.credentialMethods.find((candidate) => candidate.id === chosen) ??
    provider?.credentialMethods[0];
  const values = { ...textsOf(method), ...typed };
  /** Pasted keys often bring a space or line break along. */
  const trimmed = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()]));
  return {
    method,
    values,
    errors,
    setErrors,
    setMethod: (id: string): void => {
      setChosen(id);
      setErrors({});
    },
    set: (name: string, value: string): void => {
      setTyped((before) => ({ ...before, [name]: value }));
      setErrors((before) => Object.fromEntries(Object.entries(before).filter(([field]) => field !== name)));
    },
    /** Shows what is wrong. @returns whether nothing is */
    check: (): boolean => {
      const found = checkForm(method?.fields ?? [], trimmed, t);
      setErrors(found);
      return Object.keys(found).length === 0;
    },
    input: (): CheckAccount['credentials'] => ({
      method: method?.id ?? '',
      values: inputOf(method?.fields ?? [], trimmed) as Record<string, string>,
    }),
  };
}
