import type { Field, Form, Option } from '../../chat/form.js';
import { localDay, localTime } from '../../dealership/clock.js';
import { CONTACTS } from '../../leads/contacts.js';
import { NEXT_ACTIONS, TEMPERATURES } from '../../leads/lead.js';
import { WORKED } from '../../leads/life.js';
import { cardWords } from '../../leads/messages.js';
import type { Acting } from '../acting.js';
import { actingWords } from '../messages.js';
import { statusWords } from './messages.js';
import { LONGEST_NOTE } from './read.js';

/** The form `status`, with what is known of the lead. */
export function statusForm({ lead, dealership, language }: Acting): Form {
  const words = statusWords[language];
  const { stages, temperatures, nextKinds } = cardWords[language];
  const options = <T extends string>(values: readonly T[], labels: Readonly<Record<T, string>>): Option[] =>
    values.map((value) => ({ value, label: labels[value] }));
  const stage = WORKED.find((one) => one === lead.stage);
  const next = lead.nextAction;
  const due = next?.at ?? null;
  const fields: Field[] = [
    { kind: 'choice', id: 'stage', label: words.stage, required: true, options: options(WORKED, stages), ...(stage && { value: stage }) },
    {
      kind: 'choice',
      id: 'contact',
      label: words.contact,
      required: lead.contactedAt === null,
      options: options(CONTACTS, words.contacts),
    },
    {
      kind: 'choice',
      id: 'temperature',
      label: words.temperature,
      options: options(TEMPERATURES, temperatures),
      ...(lead.temperature && { value: lead.temperature }),
    },
    {
      kind: 'choice',
      id: 'next_kind',
      label: words.next,
      required: true,
      options: options(NEXT_ACTIONS, nextKinds),
      ...(next && { value: next.kind }),
    },
    { kind: 'date', id: 'next_date', label: words.nextDate, required: true, ...(due && { value: localDay(dealership, due) }) },
    { kind: 'time', id: 'next_time', label: words.nextTime, hint: words.nextTimeHint, ...(due && { value: localTime(dealership, due) }) },
    { kind: 'text', id: 'note', label: actingWords[language].note, hint: words.noteHint, long: true, max: LONGEST_NOTE },
  ];
  return {
    id: 'status',
    title: words.title,
    submit: actingWords[language].save,
    cancel: actingWords[language].cancel,
    subject: lead.id,
    fields,
  };
}
