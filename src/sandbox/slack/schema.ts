import { type Fields, isFields } from '../json.js';

/** Where something stands: what is allowed differs. */
export type Surface = 'message' | 'modal' | 'home';

/** One thing Slack refuses, with its place as a JSON pointer. */
export interface Fault {
  readonly pointer: string;
  readonly message: string;
}

/** What a check needs to know, and where it writes what it finds. */
export interface Checking {
  readonly surface: Surface;
  readonly faults: Fault[];
  /** Is this a file the app can see, scanned, and of an image type Slack shows? */
  readonly isImageFile: (idOrUrl: string) => boolean;
}

export type Check = (value: unknown, at: string, checking: Checking) => void;

export function blame(checking: Checking, pointer: string, message: string): void {
  checking.faults.push({ pointer, message });
}

export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

export function words({ min = 0, max = Number.POSITIVE_INFINITY }: Bounds = {}): Check {
  return (value, at, checking) => {
    if (typeof value !== 'string') return blame(checking, at, 'must provide a string');
    if (value.length < min) return blame(checking, at, `must be more than ${min - 1} characters`);
    if (value.length > max) blame(checking, at, `must be less than ${max + 1} characters`);
  };
}

export function matching(pattern: RegExp, what: string): Check {
  return (value, at, checking) => {
    if (typeof value !== 'string' || !pattern.test(value)) blame(checking, at, `must be ${what}`);
  };
}

export const flag: Check = (value, at, checking) => {
  if (typeof value !== 'boolean') blame(checking, at, 'must provide a boolean');
};

export function number({ min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Bounds = {}, whole = false): Check {
  return (value, at, checking) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return blame(checking, at, 'must provide a number');
    if (whole && !Number.isInteger(value)) return blame(checking, at, 'must provide an integer');
    if (value < min) return blame(checking, at, `must be greater than or equal to ${min}`);
    if (value > max) blame(checking, at, `must be less than or equal to ${max}`);
  };
}

export function oneOf(...allowed: readonly unknown[]): Check {
  return (value, at, checking) => {
    if (!allowed.includes(value)) blame(checking, at, `must be one of: ${allowed.join(', ')}`);
  };
}

/** An absolute address whose scheme is in the list. */
export function address(max: number, ...schemes: readonly string[]): Check {
  return (value, at, checking) => {
    if (typeof value !== 'string' || value === '') return blame(checking, at, 'must provide a string');
    if (value.length > max) return blame(checking, at, `must be less than ${max + 1} characters`);
    const scheme = /^([a-z][a-z0-9+.-]*):./i.exec(value)?.[1]?.toLowerCase();
    if (scheme === undefined || !schemes.includes(scheme)) blame(checking, at, 'invalid url');
  };
}

export function items(each: Check, { min = 0, max = Number.POSITIVE_INFINITY }: Bounds = {}): Check {
  return (value, at, checking) => {
    if (!Array.isArray(value)) return blame(checking, at, 'must provide an array');
    if (value.length < min) blame(checking, at, `no fewer than ${min} items allowed`);
    if (value.length > max) return blame(checking, at, `no more than ${max} items allowed`);
    for (const [index, item] of value.entries()) each(item, `${at}/${index}`, checking);
  };
}

/** An object with these fields and no others; `type` is read by `byType`. */
export function object(required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check {
  return (value, at, checking) => {
    if (!isFields(value)) return blame(checking, at, 'must provide an object');
    for (const name of Object.keys(required)) {
      if (value[name] === undefined || value[name] === null) blame(checking, at, `missing required field: ${name}`);
    }
    for (const [name, field] of Object.entries(value)) {
      if (field === undefined || field === null || name === 'type') continue;
      const check = Object.hasOwn(required, name) ? required[name] : Object.hasOwn(optional, name) ? optional[name] : undefined;
      if (check) check(field, `${at}/${name}`, checking);
      else blame(checking, at, `invalid additional property: ${name}`);
    }
  };
}

/** Chooses the check by the object's `type`. */
export function byType(kinds: Readonly<Record<string, Check>>): Check {
  return (value, at, checking) => {
    if (!isFields(value)) return blame(checking, at, 'must provide an object');
    const type = value.type;
    const check = typeof type === 'string' && Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (type === undefined) return blame(checking, at, 'missing required field: type');
    if (!check) return blame(checking, `${at}/type`, `unsupported type: ${String(type)}`);
    check(value, at, checking);
  };
}

/** Several checks of the same value. */
export function both(...checks: readonly Check[]): Check {
  return (value, at, checking) => {
    for (const check of checks) check(value, at, checking);
  };
}

/** A rule between fields; answers what is wrong, if anything. */
export function rule(find: (value: Fields, checking: Checking) => string | undefined): Check {
  return (value, at, checking) => {
    const wrong = isFields(value) ? find(value, checking) : undefined;
    if (wrong !== undefined) blame(checking, at, wrong);
  };
}
