import { z } from 'zod';
import { didYouMean } from '../language/nearest.js';
import { listed, quoted } from './fields.js';

/** A fault and where it stands, from the root of what was parsed. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A YAML map with these keys and no others. */
export function section<const S extends z.ZodRawShape>(shape: S) {
  const keys = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownKey(key, keys)).join('\n')
        : `${issue.input === undefined ? 'Missing.' : 'This is not a section.'} Write a section with ${listed(keys)}.`,
  });
}

/** A YAML map whose keys are free. */
export function dictionary<T extends z.ZodType>(item: T, what: string) {
  return z.record(z.string(), item, {
    error: ({ input }) => `${input === undefined ? 'Missing.' : 'This is not a section.'} Write ${what}.`,
  });
}

export function list<T extends z.ZodType>(item: T, what: string) {
  return z.array(item, {
    error: ({ input }) => `${input === undefined ? 'Missing.' : 'This is not a list.'} Write a list of ${what}.`,
  });
}

/** A list with something in it. */
export function filledList<T extends z.ZodType>(item: T, what: string) {
  return list(item, what).min(1, {
    error: `The list is empty. Write at least one of ${what}.`,
  });
}

/** A value written in one of several ways: `choose` looks at it and says how to read it. Faults stay where they are. */
export function eitherWay<T>(choose: (input: unknown) => z.ZodType<T>) {
  return z.unknown().transform((input, context): T => {
    const read = choose(input).safeParse(input);
    if (read.success) return read.data;
    for (const fault of faultsOf(read.error))
      context.addIssue({
        code: 'custom',
        path: [...fault.path],
        message: fault.message,
      });
    return z.NEVER;
  });
}

/** zod's issues one by one; several unknown keys are several faults. */
export function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: issue.message }];
    // A schema can give one message per issue: `section` writes one line for each unknown key.
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => ({
      path: [...issue.path, key],
      message: messages[index] ?? 'Unknown key.',
    }));
  });
}

/** `dealerships[0].hours.mon[1]` */
export function pathText(path: Fault['path']): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      const key = String(step);
      if (!/^[\w-]+$/.test(key)) return `[${quoted(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}

function unknownKey(key: string, keys: readonly string[]): string {
  const meant = didYouMean(key, keys);
  return `There is no key ${quoted(key)} here.${meant || ` Remove it, or write ${listed(keys)}.`}`;
}
