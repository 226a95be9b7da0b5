import type { Form } from '../../chat/form.js';
import type { Person } from '../../dealership/people.js';
import type { Language } from '../../language/locale.js';
import type { Lead } from '../../leads/lead.js';
import { actingWords } from '../messages.js';
import { handoverWords } from './messages.js';
import { LONGEST_NOTE } from './read.js';

/** The form `handover`: to whom, and what they should know. */
export function handoverForm(lead: Lead, colleagues: readonly Person[], language: Language): Form {
  const words = handoverWords[language];
  const common = actingWords[language];
  const options = colleagues.map(({ id, name }) => ({ value: id, label: name }));
  return {
    id: 'handover',
    title: words.title,
    submit: words.save,
    cancel: common.cancel,
    subject: lead.id,
    fields: [
      { kind: 'choice', id: 'colleague', label: words.colleague, required: true, options },
      { kind: 'text', id: 'note', label: common.note, hint: words.noteHint, long: true, max: LONGEST_NOTE },
    ],
  };
}
