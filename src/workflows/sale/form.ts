import type { Field, Form } from '../../chat/form.js';
import type { Acting } from '../acting.js';
import { actingWords } from '../messages.js';
import { saleWords } from './messages.js';
import { LONGEST, VEHICLES, YES_OR_NO } from './read.js';

/** The form `sale`, with the stock number when the lead names one. */
export function saleForm({ lead, language }: Acting): Form {
  const words = saleWords[language];
  const common = actingWords[language];
  const vehicles = VEHICLES.map((value) => ({ value, label: words.vehicles[value] }));
  const answers = YES_OR_NO.map((value) => ({ value, label: common[value] }));
  const wanted = lead.interest?.stockNumber ?? lead.interest?.vin ?? '';
  // Cut short it would be the number of no car.
  const known = wanted !== '' && wanted.length <= LONGEST.reference ? { value: wanted } : {};
  const fields: Field[] = [
    { kind: 'choice', id: 'vehicle', label: words.vehicle, required: true, options: vehicles },
    { kind: 'text', id: 'reference', label: words.reference, hint: words.referenceHint, max: LONGEST.reference, ...known },
    { kind: 'choice', id: 'financing', label: words.financing, required: true, options: answers },
    { kind: 'choice', id: 'maintenance', label: words.maintenance, required: true, options: answers },
    { kind: 'choice', id: 'trade_in', label: words.tradeIn, options: answers },
    { kind: 'text', id: 'price', label: words.price, max: LONGEST.price },
    { kind: 'date', id: 'delivery_date', label: words.delivery },
    { kind: 'text', id: 'note', label: common.note, hint: words.noteHint, long: true, max: LONGEST.note },
  ];
  return { id: 'sale', title: words.title, submit: words.save, cancel: common.cancel, subject: lead.id, fields };
}
