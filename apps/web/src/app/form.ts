/** Forms: react-hook-form over a zod contract, with the server's field errors put at their fields. */
import {
  useForm,
  type DefaultValues,
  type FieldErrors,
  type FieldPath,
  type FieldValues,
  type Resolver,
} from 'react-hook-form';
import { useEffect } from 'react';
import type { ZodType } from 'zod';
import { ApiError } from './api.ts';
import { describeField, explainError } from './problem.ts';

/** Fetches a contract. zod is not part of the first load: it arrives while a person reads the form. */
export type SchemaLoader = () => Promise<ZodType>;

async function loadSchema(load: SchemaLoader): Promise<ZodType> {
  const [{ config }, schema] = await Promise.all([import('zod'), load()]);
  // zod would try `new Function` for speed; our CSP forbids it and would report each try.
  config({ jitless: true });
  return schema;
}

/** Checks against the schema in the browser, with messages in the user's language. */
function resolverOf<Values extends FieldValues>(load: SchemaLoader): Resolver<Values> {
  return async (values) => {
    const schema = await loadSchema(load);
    const result = await schema.safeParseAsync(values);
    // The typed values are kept; the contract's own transforms (trim, lower case) run again on the server.
    if (result.success) return { values, errors: {} };
    const errors: Record<string, { type: string; message: string }> = {};
    for (const issue of result.error.issues) {
      const name = issue.path.map(String).join('.');
      if (name in errors) continue;
      const { minimum, maximum, format } = issue as { minimum?: number; maximum?: number; format?: string };
      const field = String(issue.path.at(-1) ?? '');
      errors[name] = {
        type: issue.code,
        message: describeField({ field, code: issue.code, minimum, maximum, format, message: issue.message }),
      };
    }
    return { values: {}, errors: errors as FieldErrors<Values> };
  };
}

/**
 * A form whose `submit(work)` runs `work` with the values and shows what it throws: field errors of a problem
 * document at their fields, everything else as `rootError`.
 * @param load fetches the contract of the values; nested names use dots
 */
export function useApiForm<Values extends FieldValues>(load: SchemaLoader, defaultValues: Values) {
  const form = useForm<Values>({
    resolver: resolverOf<Values>(load),
    defaultValues: defaultValues as DefaultValues<Values>,
  });

  useEffect(() => {
    // A failure shows at the first submit, where it can be told.
    loadSchema(load).catch(() => undefined);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, ahead of the first submit
  }, []);

  const showProblem = (error: unknown): void => {
    if (error instanceof ApiError && error.problem.code === 'weak_password') {
      const field = ['newPassword', 'password'].find((name) => name in form.getValues());
      if (field !== undefined) {
        form.setError(field as FieldPath<Values>, { message: explainError(error) }, { shouldFocus: true });
        return;
      }
    }
    let placed = false;
    for (const issue of error instanceof ApiError ? (error.problem.errors ?? []) : []) {
      const name = issue.path.replace(/^body\./, '');
      if (!(name in form.getValues())) continue;
      const message = describeField({
        field: name.split('.').at(-1) ?? name,
        code: issue.code,
        message: issue.message,
      });
      form.setError(name as FieldPath<Values>, { message }, { shouldFocus: !placed });
      placed = true;
    }
    if (!placed) form.setError('root', { message: explainError(error) });
  };

  const submit = (work: (values: Values) => Promise<unknown>) =>
    form.handleSubmit(async (values) => {
      try {
        await work(values);
      } catch (error) {
        showProblem(error);
      }
    });

  const errorOf = (name: FieldPath<Values>): string | undefined =>
    form.getFieldState(name, form.formState).error?.message;

  return {
    form,
    register: form.register,
    submit,
    errorOf,
    busy: form.formState.isSubmitting,
    rootError: form.formState.errors.root?.message,
  };
}
