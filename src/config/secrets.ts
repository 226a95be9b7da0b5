import { z } from 'zod';
import type { Given } from '../config.js';

const REFERENCE = /^env:([A-Za-z_][A-Za-z0-9_]*)$/;

/** A bearer token, found in the environment: it must be able to travel in a header. */
export function token(given: Given): z.ZodType<string> {
  return fromEnvironment(given, (value) =>
    /^[\x21-\x7e]+$/.test(value) ? null : 'holds a space or a letter with an accent. Use only the letters, digits and signs of ASCII.',
  );
}

/** A Standard Webhooks secret, found in the environment: `whsec_` and base64, or plain text. */
export function webhookSecret(given: Given): z.ZodType<string> {
  return fromEnvironment(given, (value) => {
    if (!value.startsWith('whsec_')) return null;
    const base64 = value.slice('whsec_'.length);
    if (/^[A-Za-z0-9+/]+={0,2}$/.test(base64) && base64.length % 4 === 0) return null;
    return 'begins with whsec_ but what follows is not base64. Copy it again, whole, from the sender.';
  });
}

/** `env:NAME`. No message ever shows the value, nor what was written in place of a name. */
function fromEnvironment(given: Given, faultOf: (value: string) => string | null): z.ZodType<string> {
  return z.unknown().transform((written, context): string => {
    const complain = (message: string): never => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    const name = typeof written === 'string' ? REFERENCE.exec(written)?.[1] : undefined;
    if (name === undefined)
      return complain(
        'Secrets only by env:NAME. Put the value in the environment and write its name here, for example "env:INTAKE_TOKEN".',
      );
    const value = given.get(name);
    if (value === undefined) return complain(`The environment variable ${name} is missing or empty. Set it, or correct the name.`);
    const fault = faultOf(value);
    return fault === null ? value : complain(`The value of ${name} ${fault}`);
  });
}
