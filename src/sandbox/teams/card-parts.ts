import { z } from 'zod';

/*
 * The vocabulary of Adaptive Cards 1.5 as Teams draws it. Teams ignores what it does not know; a simulator that did the
 * same would let a card lose its words unnoticed, so an unknown property is refused here.
 */

/** One of these words, however it is capitalised: the schema writes `bolder`, Microsoft's pages `Bolder`. */
export function oneOf(words: readonly string[]) {
  return z
    .string()
    .refine((text) => words.some((word) => word.toLowerCase() === text.toLowerCase()), { error: `must be one of ${words.join(', ')}` });
}

const PNG_JPEG_GIF = /^data:image\/(?:png|jpe?g|gif);base64,/;

/** What a button or a link opens. */
export const linkAddress = z
  .string()
  .refine((text) => isWebAddress(text) || /^(?:tel|mailto):./.test(text), { error: 'must be an https, mailto or tel address' });
/** An address Teams fetches: https, or this machine for a demonstration. */
export const imageAddress = z
  .string()
  .refine((text) => PNG_JPEG_GIF.test(text) || isWebAddress(text), { error: 'must be an https address or a PNG, JPEG or GIF as data' });

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}

const spacing = oneOf(['default', 'none', 'small', 'medium', 'large', 'extraLarge', 'padding']);
const colour = oneOf(['default', 'dark', 'light', 'accent', 'good', 'warning', 'attention']);
export const align = oneOf(['left', 'center', 'right']);
export const vertical = oneOf(['top', 'center', 'bottom']);
export const pixels = z.string().regex(/^\d+px$/, 'must be a number of pixels, such as "50px"');
export const id = z.string().min(1);
export const requires = z.record(z.string(), z.string());
export const containerStyle = oneOf(['default', 'emphasis', 'good', 'attention', 'warning', 'accent']);

/** What every element may have. */
export const common = {
  id: id.optional(),
  isVisible: z.boolean().optional(),
  separator: z.boolean().optional(),
  spacing: spacing.optional(),
  height: oneOf(['auto', 'stretch']).optional(),
  requires: requires.optional(),
  targetWidth: z.string().optional(),
};

export const fontShape = {
  color: colour.optional(),
  fontType: oneOf(['default', 'monospace']).optional(),
  isSubtle: z.boolean().optional(),
  size: oneOf(['default', 'small', 'medium', 'large', 'extraLarge']).optional(),
  weight: oneOf(['lighter', 'default', 'bolder']).optional(),
};

const labelled = {
  ...common,
  id,
  label: z.string().optional(),
  isRequired: z.boolean().optional(),
  errorMessage: z.string().optional(),
};

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date, YYYY-MM-DD');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time, HH:MM');

/** Inputs without what may hang on them: `fallback`, and the action inside a text input. */
export const inputShapes = {
  'Input.Text': {
    ...labelled,
    value: z.string().optional(),
    placeholder: z.string().optional(),
    isMultiline: z.boolean().optional(),
    maxLength: z.number().int().positive().optional(),
    regex: z.string().optional(),
    style: oneOf(['text', 'tel', 'url', 'email', 'password']).optional(),
  },
  'Input.Number': {
    ...labelled,
    value: z.number().optional(),
    placeholder: z.string().optional(),
    min: z.number().optional(),
    max: z.number().optional(),
  },
  'Input.Date': { ...labelled, value: date.optional(), placeholder: z.string().optional(), min: date.optional(), max: date.optional() },
  'Input.Time': { ...labelled, value: time.optional(), placeholder: z.string().optional(), min: time.optional(), max: time.optional() },
  'Input.Toggle': {
    ...labelled,
    title: z.string(),
    value: z.string().optional(),
    valueOn: z.string().optional(),
    valueOff: z.string().optional(),
    wrap: z.boolean().optional(),
  },
  'Input.ChoiceSet': {
    ...labelled,
    choices: z.array(z.strictObject({ title: z.string(), value: z.string() })).optional(),
    'choices.data': z.looseObject({ type: z.literal('Data.Query'), dataset: z.string() }).optional(),
    isMultiSelect: z.boolean().optional(),
    style: oneOf(['compact', 'expanded', 'filtered']).optional(),
    value: z.string().optional(),
    placeholder: z.string().optional(),
    wrap: z.boolean().optional(),
  },
} as const;
