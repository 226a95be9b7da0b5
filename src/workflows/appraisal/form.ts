import type { Field, Form, Option } from '../../chat/form.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Language } from '../../language/locale.js';
import type { Acting } from '../acting.js';
import { actingWords } from '../messages.js';
import { ACCIDENTS, type Car, CONDITIONS, carName, carOf, SERVICE_BOOKS } from './car.js';
import { estimateWords } from './estimate-messages.js';
import { appraisalWords } from './messages.js';
import { LONGEST, MOST_PHOTOS } from './read.js';
import { LONGEST_WORDS, usualValidity } from './read-estimate.js';
import type { Appraisal } from './records.js';

/** The form `appraisal`, with what the enquiry or the last request said of the car. `page`: where photos can be sent from a browser. */
export function requestForm({ lead, language }: Acting, last: Appraisal | null, page?: string): Form {
  const words = appraisalWords[language];
  const car: Partial<Car> = last?.car ?? carOf(lead.tradeIn);
  const line = (
    id: string,
    label: string,
    value: string | number | null | undefined,
    more: { required?: boolean; hint?: string } = {},
  ): Field => ({
    ...{ kind: 'text', id, label, max: LONGEST.line },
    ...(value !== null && value !== undefined && { value: String(value) }),
    ...more,
  });
  const choice = <T extends string>(
    id: string,
    label: string,
    values: readonly T[],
    labels: Readonly<Record<T, string>>,
    value?: T | null,
  ) => {
    const options: Option[] = values.map((one) => ({ value: one, label: labels[one] }));
    return { kind: 'choice' as const, id, label, options, ...(value && { value }) };
  };
  const fields: Field[] = [
    line('plate', words.plate, car.plate),
    line('make', words.make, car.make, { required: true }),
    line('model', words.model, car.model, { required: true }),
    line('version', words.version, car.version),
    line('first_registered', words.firstRegistered, car.firstRegistered, { hint: words.firstRegisteredHint }),
    line('mileage', words.mileage, car.mileage, { required: true, hint: words.mileageHint }),
    line('fuel', words.fuel, car.fuel),
    line('gearbox', words.gearbox, car.gearbox),
    line('vin', words.vin, car.vin),
    choice('condition', words.condition, CONDITIONS, words.conditions, car.condition),
    choice('accident', words.accident, ACCIDENTS, words.accidents, car.accident),
    choice('service_book', words.serviceBook, SERVICE_BOOKS, words.serviceBooks, car.serviceBook),
    line('keys', words.keys, car.keys),
    line('expected_price', words.expectedPrice, car.expectedPrice),
    { ...{ kind: 'files', id: 'photos', label: words.photos, most: MOST_PHOTOS }, ...photosFrom(page, language) },
    { kind: 'text', id: 'note', label: actingWords[language].note, long: true, max: LONGEST.note, ...(last?.note && { value: last.note }) },
  ];
  return { id: 'appraisal', title: words.title, submit: words.submit, cancel: actingWords[language].cancel, subject: lead.id, fields };
}

/** Not every platform lets photos be dropped in a thread; where there is a page, it takes them from anybody. */
function photosFrom(page: string | undefined, language: Language): { readonly hint: string; readonly page?: string } {
  const words = appraisalWords[language];
  return page === undefined ? { hint: words.photosHint } : { hint: words.photosHintByPage, page };
}

/** The form `estimate`. `question`: the amount somebody wrote and now corrects. */
export function estimateForm(
  appraisal: Appraisal,
  dealership: Dealership,
  language: Language,
  now: Date,
  question?: { readonly id: string; readonly amount: number },
): Form {
  const words = estimateWords[language];
  const [last] = appraisal.estimates;
  const amount = question?.amount ?? last?.amount;
  const fields: Field[] = [
    {
      kind: 'text',
      id: 'amount',
      label: words.amount(dealership.currency),
      required: true,
      ...(amount !== undefined && { value: String(amount) }),
    },
    { kind: 'date', id: 'valid_until', label: words.validUntil, required: true, value: usualValidity(dealership, now) },
    {
      kind: 'text',
      id: 'conditions',
      label: words.conditions,
      hint: words.conditionsHint,
      max: LONGEST_WORDS,
      ...(last?.conditions && { value: last.conditions }),
    },
    { kind: 'text', id: 'note', label: actingWords[language].note, long: true, max: LONGEST_WORDS },
  ];
  return {
    id: 'estimate',
    title: words.title(carName(appraisal.car)),
    submit: actingWords[language].save,
    cancel: actingWords[language].cancel,
    subject: question ? `${appraisal.id}:${question.id}` : appraisal.id,
    fields,
  };
}
