import type { Field, Form } from '../../chat/form.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Language } from '../../language/locale.js';
import type { Lead } from '../../leads/lead.js';
import { entryWords } from './messages.js';
import { LONGEST } from './read.js';

/** The form `lead`: the JSON shape of a lead, as far as somebody on the phone can ask for it. */
export function entryForm(parts: {
  readonly language: Language;
  /** What the answer is about: `new:<uuid>`, or a lead's id and what was known when the form was opened. */
  readonly subject: string;
  /** Where it may go; asked only when there is a choice. */
  readonly dealerships: readonly Dealership[];
  readonly chosen?: string;
  /** May the person keep the lead? */
  readonly mayClaim: boolean;
  /** What is known already, as far as this person may see it. */
  readonly known?: Lead;
  readonly showContact?: boolean;
}): Form {
  const words = entryWords[parts.language];
  const { known } = parts;
  const text = (
    id: string,
    label: string,
    value?: string | number | null,
    more: { long?: boolean; placeholder?: string; max?: number } = {},
  ): Field => ({
    kind: 'text',
    id,
    label,
    max: more.max ?? LONGEST.line,
    ...(value !== null && value !== undefined && value !== '' && { value: String(value) }),
    ...(more.long && { long: true }),
    ...(more.placeholder && { placeholder: more.placeholder }),
  });
  const shown = !known || parts.showContact;
  const fields: Field[] = [];
  if (!known && parts.dealerships.length > 1) fields.push(dealershipField(parts.dealerships, parts.chosen, words.dealership));
  if (!shown) fields.push({ kind: 'remark', text: words.hidden });
  fields.push(
    text('customer.name', words.name, shown ? known?.name : null, { placeholder: words.namePlaceholder }),
    text('customer.phone', words.phone, shown ? (known?.phone ?? known?.customer.sent.phone) : null, { max: 60 }),
    text('customer.email', words.email, shown ? (known?.email ?? known?.customer.sent.email) : null),
    text('customer.city', words.city, known?.customer.city),
    conditionField(known, parts.language),
    text('interest.make', words.make, known?.interest?.make),
    text('interest.model', words.model, known?.interest?.model),
    text('interest.version', words.version, known?.interest?.version),
    text('interest.year', words.year, known?.interest?.year, { placeholder: words.placeholders.year, max: 20 }),
    text('interest.price', words.price, known?.interest?.price, { max: 40 }),
    text('interest.stockNumber', words.stockNumber, known?.interest?.stockNumber, { placeholder: words.placeholders.stock, max: 60 }),
  );
  if (!known) {
    fields.push(text('message', words.message, null, { long: true, max: LONGEST.message }));
    if (parts.mayClaim) fields.push(claimField(parts.language));
    fields.push(
      { kind: 'remark', text: words.tradeIn },
      text('tradeIn.make', words.tradeInMake),
      text('tradeIn.model', words.tradeInModel),
      text('tradeIn.year', words.tradeInYear, null, { max: 20 }),
      text('tradeIn.mileage', words.mileage, null, { max: 40 }),
      text('tradeIn.plate', words.plate, null, { max: 40 }),
    );
  }
  return {
    id: 'lead',
    title: known ? words.completeTitle : words.addTitle,
    submit: words.save,
    cancel: words.cancel,
    subject: parts.subject,
    fields,
  };
}

function dealershipField(dealerships: readonly Dealership[], chosen: string | undefined, label: string): Field {
  const options = dealerships.map((dealership) => ({ value: dealership.id, label: dealership.name }));
  return { kind: 'choice', id: 'dealership', label, required: true, options, value: chosen ?? dealerships[0]?.id ?? '' };
}

function conditionField(known: Lead | undefined, language: Language): Field {
  const words = entryWords[language];
  const value = known?.interest?.condition;
  const options = [
    { value: 'used', label: words.conditions.used },
    { value: 'new', label: words.conditions.new },
  ];
  return { kind: 'choice', id: 'interest.condition', label: words.condition, options, ...(value && { value }) };
}

function claimField(language: Language): Field {
  const words = entryWords[language];
  const options = [
    { value: 'no', label: words.claims.no },
    { value: 'yes', label: words.claims.yes },
  ];
  return { kind: 'choice', id: 'claim', label: words.claim, value: 'no', options };
}
