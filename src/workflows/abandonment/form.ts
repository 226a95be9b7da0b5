import type { Field, Form } from '../../chat/form.js';
import type { Person } from '../../dealership/people.js';
import type { Acting } from '../acting.js';
import { actingWords } from '../messages.js';
import { abandonWords } from './messages.js';
import { LONGEST } from './read.js';
import type { Outcome, Request } from './records.js';
import { askedSentence } from './sentences.js';

/** The form `abandon`. */
export function abandonForm({ lead, dealership, language }: Acting): Form {
  const words = abandonWords[language];
  const options = dealership.abandonment.reasons.map(({ id, label }) => ({ value: id, label: label[language] }));
  return {
    id: 'abandon',
    title: words.title,
    submit: words.submit,
    cancel: actingWords[language].cancel,
    subject: lead.id,
    fields: [
      { kind: 'choice', id: 'reason', label: words.reason, required: true, options },
      {
        ...{ kind: 'text', id: 'justification', label: words.justification, hint: words.justificationHint },
        ...{ required: true, long: true, max: LONGEST },
      },
    ],
  };
}

/** The form `abandon_decision`, with the fields that matter for one outcome. */
export function decisionForm(
  { dealership, language }: Pick<Acting, 'dealership' | 'language'>,
  request: Request,
  outcome: Outcome,
  colleagues: readonly Person[],
): Form {
  const words = abandonWords[language];
  const fields: Field[] = [
    {
      kind: 'remark',
      text: askedSentence({ requester: request.requester.name, reason: request.reason }, null, dealership, language),
    },
  ];
  if (outcome === 'handover') {
    const options = colleagues.map(({ id, name }) => ({ value: id, label: name }));
    fields.push({ kind: 'choice', id: 'colleague', label: words.colleague, required: true, options });
  }
  if (outcome === 'recycle')
    fields.push({ kind: 'date', id: 'recycle_date', label: words.recycleDate, hint: words.recycleHint, required: true });
  fields.push({
    ...{ kind: 'text', id: 'comment', label: words.comment, hint: words.commentHints[outcome] },
    ...{ required: outcome === 'sendback', long: true, max: LONGEST },
  });
  return {
    id: 'abandon_decision',
    title: words.titles[outcome],
    submit: words.decide,
    cancel: actingWords[language].cancel,
    subject: `${request.id}:${outcome}`,
    fields,
  };
}
